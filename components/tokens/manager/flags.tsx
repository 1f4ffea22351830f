import { BellRing, Globe, Infinity as InfinityIcon, UserX } from "lucide-react";
import type { ManagedToken } from "#lib/tokens/queries-managed";
import { Flag } from "../../ui/flag";
import { hasEnded } from "../list/grouping";

/** What an administrator looks for: at most two words a row, each with its sentence on hover. */
export function ManagerFlags({ token }: { token: ManagedToken }) {
  if (token.knocking) {
    return (
      <Flag icon={BellRing} tone="danger" title="It has ended, and somebody still tries it.">
        Knocking
      </Flag>
    );
  }
  if (hasEnded(token)) return null;
  const open = token.access === "write" && token.ipRanges.length === 0;
  return (
    <span className="flex gap-1">
      {token.status === "orphaned" && (
        <Flag icon={UserX} tone="orphaned" title="Its owner is deactivated, so its requests are refused.">
          Owner gone
        </Flag>
      )}
      {open && (
        <Flag icon={Globe} tone="warning" title="It may write, from anywhere.">
          Open
        </Flag>
      )}
      {token.expiresAt === null && (
        <Flag icon={InfinityIcon} tone="warning" title="It never ends by itself.">
          Permanent
        </Flag>
      )}
    </span>
  );
}
