import {
  BellRing,
  CircleAlert,
  type LucideIcon,
  Router,
  ShieldAlert,
  Timer,
  TimerReset,
  UserRoundX,
  Wrench,
} from "lucide-react";
import { type Attention, attentionReason, attentionTitle } from "#lib/overview/attention";
import type { Waits } from "#lib/overview/queries";
import { ButtonLink } from "../ui/button-link";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";

const LOOKS: Readonly<Record<Attention, { icon: LucideIcon; tone: string; href: string; action: string }>> = {
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

/** What needs somebody today, each with one way on. */
export function AttentionList({ waits }: { waits: Waits }) {
  if (waits.length === 0) return null;
  return (
    <Card aria-label="What needs you" className="min-w-0">
      <ul className="divide-y divide-border">
        {waits.map(({ key, ...waiting }) => {
          const { icon, tone, href, action } = LOOKS[key];
          const title = attentionTitle(key, waiting);
          return (
            <li key={key} className="flex items-center gap-3.5 px-4 py-2.5">
              <span className={`grid size-8 flex-none place-items-center rounded-md ${tone}`}>
                <Icon of={icon} />
              </span>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <span className="block font-medium">{title}</span>
                <span className="block text-sm text-fg-2">{attentionReason(key, waiting)}</span>
              </span>
              <ButtonLink href={href} aria-label={`${action}: ${title}`}>
                {action}
              </ButtonLink>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
