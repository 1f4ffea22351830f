import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

const TONES = {
  plain: "border-border-2 bg-surface text-fg-2",
  warning: "border-warning-line bg-warning-bg text-warning-fg",
  danger: "border-danger-line bg-danger-bg text-danger-fg",
  success: "border-success-line bg-success-bg text-success-fg",
  accent: "border-accent-line bg-accent-bg text-accent-fg",
  orphaned: "border-st-orphaned-line bg-st-orphaned-bg text-st-orphaned-fg",
} as const;

/** An icon and one or two words, tinted; the whole sentence on hover. */
export function Flag({
  icon,
  tone = "plain",
  title,
  children,
}: {
  icon: LucideIcon;
  tone?: keyof typeof TONES;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={`inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-xs border px-1.5 text-xs ${TONES[tone]}`}
    >
      <Icon of={icon} size={12} />
      {children}
    </span>
  );
}
