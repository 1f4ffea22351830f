import type { SessionOfView } from "#lib/sessions/session";
import { AskDialog } from "../api/ask-dialog";
import { Card, CardHead } from "../ui/card";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";

type Props = {
  user: { readonly id: string; readonly username: string };
  sessions: readonly SessionOfView[];
  mayWrite: boolean;
  reader: Reader;
};

/** Where somebody is signed in. */
export function UserSessions({ user, sessions, mayWrite, reader }: Props) {
  return (
    <Card aria-labelledby="sessions">
      <CardHead
        id="sessions"
        aside={
          mayWrite &&
          sessions.length > 0 && (
            <AskDialog
              label="Sign out everywhere"
              look={{ look: "quiet-red", size: "sm" }}
              title={`Sign ${user.username} out everywhere?`}
              method="DELETE"
              path={`/api/v1/users/${user.id}/sessions`}
              confirm="Sign out"
              busy="Signing out …"
              keep="Leave them"
              done={`Signed ${user.username} out everywhere.`}
              reader={reader}
            >
              All their sessions of the portal end. Their tokens go on; to stop those too, deactivate the account.
            </AskDialog>
          )
        }
      >
        Sessions
      </CardHead>
      {sessions.length === 0 && <p className="px-4 py-3 text-sm text-fg-3">Not signed in anywhere.</p>}
      <ul className="divide-y divide-border">
        {sessions.map(({ id, seenAt, address, userAgent }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-2 text-sm">
            <span className="min-w-0 flex-1">
              <span className="mono">{address}</span>, seen{" "}
              <Time at={seenAt} reader={reader}>
                {ago(Date.parse(seenAt), reader)}
              </Time>
              <span className="block truncate text-xs text-fg-3" title={userAgent}>
                {userAgent}
              </span>
            </span>
            {mayWrite && (
              <AskDialog
                label="Sign out"
                name={`Sign out of the session from ${address}`}
                look={{ look: "quiet-red", size: "sm" }}
                title={`Sign ${user.username} out there?`}
                method="DELETE"
                path={`/api/v1/users/${user.id}/sessions/${id}`}
                confirm="Sign out"
                busy="Signing out …"
                keep="Leave it"
                done={`Signed ${user.username} out of the session from ${address}.`}
                reader={reader}
              >
                This one session from {address} ends; others go on, and so do their tokens.
              </AskDialog>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
