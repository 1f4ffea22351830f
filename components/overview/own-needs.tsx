import {
  Ban,
  BellRing,
  Hourglass,
  type LucideIcon,
  Moon,
  RefreshCw,
  ShieldAlert,
  Timer,
  TimerReset,
} from "lucide-react";
import { type OwnAttention, ownReason, ownTitle } from "#lib/overview/own";
import type { OwnWaits } from "#lib/overview/queries-own";
import { NeedsList } from "./needs-list";

const LOOKS: Readonly<Record<OwnAttention, readonly [icon: LucideIcon, tone: string]>> = {
  leaked: [ShieldAlert, "bg-danger-bg text-danger-fg"],
  refused: [Ban, "bg-danger-bg text-danger-fg"],
  rotated: [RefreshCw, "bg-st-rotating-bg text-st-rotating-fg"],
  ending: [Timer, "bg-warning-bg text-warning-fg"],
  knocking: [BellRing, "bg-danger-bg text-danger-fg"],
  waived: [TimerReset, "bg-warning-bg text-warning-fg"],
  pending: [Hourglass, "bg-st-pending-bg text-st-pending-fg"],
  unused: [Moon, "bg-accent-bg text-accent-fg"],
};

/** What needs the owner of tokens: one leads to its page, several to the list. */
export function OwnNeeds({ waits }: { waits: OwnWaits }) {
  return (
    <NeedsList
      needs={waits.map(({ key, ...waiting }) => {
        const [icon, tone] = LOOKS[key];
        const alone = waiting.count === 1;
        return {
          ...{ key, icon, tone, title: ownTitle(key, waiting), reason: ownReason(key, waiting) },
          href: alone ? `/tokens/${waiting.first.id}` : "/tokens",
          action: alone ? "Look at it" : "See them",
        };
      })}
    />
  );
}
