import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/**
 * The frame of what is in one answer only and lives in this page's memory and nowhere else: as long as it stands, the
 * page is not drawn anew by itself.
 * @param row what is shown, with its buttons
 * @param said what that means, and what to do when it is lost
 */
export function ShownOnce({
  label,
  row,
  icon,
  said,
  children,
}: {
  label: string;
  row: ReactNode;
  icon: LucideIcon;
  said: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      data-keep=""
      className="@container grid gap-3 rounded-lg border border-accent bg-surface px-[18px] py-4 shadow-[inset_0_0_0_1px_var(--accent)]"
    >
      {row}
      <p className="flex gap-2 text-sm text-fg-2">
        <Icon of={icon} className="mt-px text-warning-fg" />
        <span>{said}</span>
      </p>
      {children}
    </section>
  );
}
