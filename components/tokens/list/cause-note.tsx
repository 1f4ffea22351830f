import { ClockAlert, Link2, Pause, RefreshCw, ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../ui/icon";
import type { Cause } from "./cause";

const TONES = {
  warning: { look: "bg-warning-bg", icon: "text-warning-fg", shape: ClockAlert },
  suspended: { look: "bg-st-suspended-bg", icon: "text-st-suspended-fg", shape: Pause },
  refused: { look: "bg-danger-bg", icon: "text-danger-fg", shape: ShieldX },
  waiting: { look: "bg-st-pending-bg", icon: "text-st-pending-fg", shape: Link2 },
  pending: { look: "bg-st-rotating-bg", icon: "text-st-rotating-fg", shape: RefreshCw },
} as const;

/** Why the row is up here, in one line under it, and what mends it. */
export function CauseNote({ cause, remedy }: { cause: Cause; remedy?: ReactNode }) {
  const { look, icon, shape } = TONES[cause.tone];
  return (
    <div
      className={`col-span-full mt-2 flex flex-wrap items-center gap-2.5 rounded-md px-3 py-2 text-sm leading-5 text-fg max-wide:order-6 max-wide:mt-0.5 max-wide:basis-full ${look}`}
    >
      <Icon of={shape} className={icon} />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{cause.sentence}</span>
      {remedy && <span className="flex-none max-wide:basis-full max-wide:*:w-full">{remedy}</span>}
    </div>
  );
}
