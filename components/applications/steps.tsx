import { Check } from "lucide-react";
import { Icon } from "../ui/icon";

/** How far a wizard has come: done, here, to come. Of the ones to come phones show the numbers only. */
export function Steps({ names, at }: { names: readonly string[]; at: number }) {
  return (
    <ol aria-label="Steps" className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      {names.map((name, index) => (
        <li
          key={name}
          aria-current={index === at ? "step" : undefined}
          className={`flex items-center gap-2 ${index === at ? "font-medium text-fg" : "text-fg-2"}`}
        >
          <span
            aria-hidden="true"
            className={`grid size-[22px] flex-none place-items-center rounded-full text-xs font-semibold tabular-nums ${index < at ? "bg-success-bg text-success-fg" : index === at ? "bg-accent text-on-accent" : "bg-surface-3 text-fg-2"}`}
          >
            {index < at ? <Icon of={Check} size={14} /> : index + 1}
          </span>
          <span className={index === at ? "" : "max-desk:sr-only"}>{name}</span>
        </li>
      ))}
    </ol>
  );
}
