import { Check, CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

const TONES = {
  info: { look: "border-border bg-surface-2 text-fg-2", icon: "text-fg-3", shape: Info },
  warning: { look: "border-warning-line bg-warning-bg text-fg", icon: "text-warning-fg", shape: TriangleAlert },
  danger: { look: "border-danger-line bg-danger-bg text-fg", icon: "text-danger-fg", shape: CircleAlert },
  success: { look: "border-success-line bg-success-bg text-fg", icon: "text-success-fg", shape: Check },
} as const;

type Props = { tone?: keyof typeof TONES; icon?: LucideIcon; role?: "alert" | "status"; children: ReactNode };

/** One tinted line that says what is the case. */
export function Note({ tone = "info", icon, role, children }: Props) {
  const { look, icon: colour, shape } = TONES[tone];
  return (
    <div role={role} className={`flex gap-2.5 rounded-md border px-3 py-2.5 text-sm leading-5 ${look}`}>
      <Icon of={icon ?? shape} className={`mt-0.5 ${colour}`} />
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
    </div>
  );
}
