import type { SessionOfView } from "#lib/sessions/session";
import { Card, CardHead } from "../ui/card";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";

/** Where somebody is signed in. */
export function UserSessions({ sessions, reader }: { sessions: readonly SessionOfView[]; reader: Reader }) {
  return (
    <Card aria-labelledby="sessions">
      <CardHead id="sessions">Sessions</CardHead>
      {sessions.length === 0 && <p className="px-4 py-3 text-sm text-fg-3">Not signed in anywhere.</p>}
      <ul className="divide-y divide-border">
        {sessions.map(({ id, seenAt, address, userAgent }) => (
          <li key={id} className="px-4 py-2 text-sm">
            <span className="mono">{address}</span>, seen{" "}
            <Time at={seenAt} reader={reader}>
              {ago(Date.parse(seenAt), reader)}
            </Time>
            <span className="block truncate text-xs text-fg-3" title={userAgent}>
              {userAgent}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
