import { Check, CircleDashed, CircleQuestionMark, type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon";

type Look = { readonly icon: LucideIcon; readonly colours: string; readonly said: string };

/** Each has a shape and words of its own: nobody need see colours. */
const LOOKS = {
  passed: { icon: Check, colours: "bg-success-bg text-success-fg", said: "seen" },
  failed: { icon: X, colours: "bg-danger-bg text-danger-fg", said: "not as it should be" },
  unknown: { icon: CircleQuestionMark, colours: "bg-surface-3 text-fg-3", said: "cannot be seen" },
  waiting: { icon: CircleDashed, colours: "bg-surface-3 text-fg-3", said: "not seen yet" },
} as const satisfies Record<string, Look>;

export type Seen = keyof typeof LOOKS;

/** One line of what has been seen so far. */
export function SeenLine({ seen, title, children }: { seen: Seen; title: string; children: ReactNode }) {
  const { icon, colours, said } = LOOKS[seen];
  return (
    <li className="flex gap-3 px-4 py-3">
      <span className={`grid size-5 flex-none place-items-center rounded-full ${colours}`}>
        <Icon of={icon} size={14} />
      </span>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {title}
          <span className="sr-only"> ({said})</span>
        </p>
        <p className="text-sm text-fg-2">{children}</p>
      </div>
    </li>
  );
}
