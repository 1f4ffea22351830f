import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** What it is, why it is empty, and the next step. */
export function EmptyState({
  icon,
  title,
  action,
  children,
}: {
  icon: LucideIcon;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="px-4 py-10 text-center">
      <span className="mx-auto mb-3 grid size-11 place-items-center rounded-full bg-accent-bg text-accent-fg">
        <Icon of={icon} size={20} />
      </span>
      <h2 className="text-base">{title}</h2>
      <p className="mx-auto mt-0.5 max-w-[44ch] text-balance text-fg-2">{children}</p>
      {action && <div className="mt-3.5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
