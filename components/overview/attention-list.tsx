import {
  BellRing,
  CircleAlert,
  Router,
  ShieldAlert,
  ShieldX,
  Timer,
  TimerReset,
  UserRoundX,
  Wrench,
} from "lucide-react";
import { type Attention, attentionReason, attentionTitle } from "#lib/overview/attention";
import type { Waits } from "#lib/overview/queries";
import { type Look, NeedsList } from "./needs-list";

const LOOKS: Readonly<Record<Attention, Look>> = {
  leaked: {
    icon: ShieldX,
    tone: "bg-danger-bg text-danger-fg",
    href: "/admin/audit?action=token.leak-reported",
    action: "See them",
  },
  knocking: {
    icon: BellRing,
    tone: "bg-danger-bg text-danger-fg",
    href: "/admin/tokens?view=ended",
    action: "See them",
  },
  "owners-gone": {
    icon: UserRoundX,
    tone: "bg-st-orphaned-bg text-st-orphaned-fg",
    href: "/admin/tokens?view=orphaned",
    action: "See them",
  },
  "grants-lost": {
    icon: CircleAlert,
    tone: "bg-warning-bg text-warning-fg",
    href: "/admin/tokens",
    action: "Find them",
  },
  "waivers-ending": {
    icon: TimerReset,
    tone: "bg-warning-bg text-warning-fg",
    href: "/admin/tokens",
    action: "Find them",
  },
  "gateways-silent": { icon: Router, tone: "bg-warning-bg text-warning-fg", href: "/help#connect", action: "Check it" },
  "used-and-ending": {
    icon: Timer,
    tone: "bg-warning-bg text-warning-fg",
    href: "/admin/tokens?view=expiring",
    action: "See them",
  },
  "without-factor": { icon: ShieldAlert, tone: "bg-warning-bg text-warning-fg", href: "/help#account", action: "Why" },
  unmaintained: { icon: Wrench, tone: "bg-accent-bg text-accent-fg", href: "/admin/tokens", action: "Find them" },
};

/** What needs an administrator today, each with one way on. */
export function AttentionList({ waits }: { waits: Waits }) {
  return (
    <NeedsList
      needs={waits.map(({ key, ...waiting }) => ({
        ...{ key, ...LOOKS[key] },
        title: attentionTitle(key, waiting),
        reason: attentionReason(key, waiting),
      }))}
    />
  );
}
