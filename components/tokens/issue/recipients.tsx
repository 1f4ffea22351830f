import { Bot, User } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../ui/icon";

/** Somebody who can be chosen, or why not. */
export type Choosable = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly kind: "person" | "service";
  readonly reason: string | null;
};

/** For whom: links, because each is an address. Who cannot be chosen stands there too, with the reason. */
export function Recipients({ people }: { people: readonly Choosable[] }) {
  return (
    <ul className="divide-y divide-border rounded-lg border border-border bg-surface">
      {people.map(({ id, username, displayName, kind, reason }) => (
        <li key={id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
          <Icon of={kind === "person" ? User : Bot} className="text-fg-3" />
          <span className="min-w-0 flex-1">
            {reason === null ? (
              <Link
                prefetch={false}
                href={`/admin/tokens/new?owner=${id}`}
                className="block py-0.5 font-medium text-fg [overflow-wrap:anywhere]"
              >
                <bdi>{username}</bdi>
              </Link>
            ) : (
              <bdi className="block text-fg-2 [overflow-wrap:anywhere]">{username}</bdi>
            )}
            <span className="block text-xs text-fg-3 [overflow-wrap:anywhere]">
              {kind === "service" && "Service account · "}
              <bdi>{displayName}</bdi>
              {reason !== null && <span className="block text-fg-2">{reason}</span>}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
