import { BellRing, Globe, Link2, ShieldAlert, ShieldX, UserX } from "lucide-react";
import type { ManagedToken } from "#lib/tokens/queries-managed";
import { Flag } from "../../ui/flag";
import { hasEnded } from "../list/grouping";

/** What an administrator looks for, the worst of it, in a word with its sentence on hover. That it never ends its end says. */
export function ManagerFlags({ token, now }: { token: ManagedToken; now: number }) {
  if (token.knocking) {
    return (
      <Flag icon={BellRing} tone="danger" title="It has ended, and somebody still tries it.">
        Knocking
      </Flag>
    );
  }
  if (hasEnded(token)) return null;
  if (token.status === "orphaned") {
    return (
      <Flag icon={UserX} tone="orphaned" title="Its owner is deactivated, so its requests are refused.">
        Owner gone
      </Flag>
    );
  }
  if (token.restrictionsUnreadable) {
    return (
      <Flag icon={ShieldX} tone="danger" title="What narrows it cannot be read here, so its requests are refused.">
        Unreadable
      </Flag>
    );
  }
  if (token.status === "pending") return <Unclaimed token={token} now={now} />;
  if (token.breaches.length > 0) {
    return (
      <Flag icon={ShieldAlert} tone="warning" title={token.breaches.join(" ")}>
        Off tier
      </Flag>
    );
  }
  return token.access === "write" && token.ipRanges.length === 0 ? (
    <Flag icon={Globe} tone="warning" title="It may write, from anywhere.">
      Open
    </Flag>
  ) : null;
}

/** It has no secret yet: its holder has not opened the link, or cannot any more. */
function Unclaimed({ token: { claim }, now }: { token: ManagedToken; now: number }) {
  const works = claim !== null && Date.parse(claim.expiresAt) > now;
  return works ? (
    <Flag icon={Link2} title="Its secret is made when the claim link is opened.">
      Not claimed
    </Flag>
  ) : (
    <Flag icon={Link2} tone="warning" title="Its claim link has expired or was made void: make a new one on its page.">
      Link expired
    </Flag>
  );
}
