import { Bot, UserX } from "lucide-react";
import type { Metadata } from "next";
import { TokenHistory } from "#components/tokens/page/history";
import { Flag } from "#components/ui/flag";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { UserFactors } from "#components/users/factors-card";
import { GroupsCard } from "#components/users/groups-card";
import { RightsCard } from "#components/users/rights-card";
import { UserSessions } from "#components/users/sessions-card";
import { TokensCard } from "#components/users/tokens-card";
import { UserActions } from "#components/users/user-actions";
import { UserFacts } from "#components/users/user-facts";
import { can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { userHistory } from "#lib/audit/queries-history";
import { factorsOfPerson } from "#lib/factors/queries-of";
import { sessionsOf } from "#lib/sessions/queries-of";
import { whyNotFor } from "#lib/tokens/queries-issue";
import { listManagedTokens } from "#lib/tokens/queries-managed";
import { findPerson } from "#lib/users/queries-person";
import { whatStops } from "#lib/users/queries-stopping";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "User" };

const TOKENS = 50;

async function around(viewer: SessionViewer, id: string, username: string) {
  const [stops, tokens, sessions, factors, history, whyNot, applications, reader] = await Promise.all([
    whatStops(viewer, id),
    listManagedTokens(viewer, { owner: username, limit: TOKENS }),
    sessionsOf(viewer, id),
    factorsOfPerson(viewer, id),
    userHistory(viewer, id),
    whyNotFor(viewer, [id]),
    applicationNames(viewer),
    readReader(),
  ]);
  const issue = whyNot.get(id) === null ? `/admin/tokens/new?owner=${id}` : null;
  return { stops, tokens, sessions, factors, history, issue, applications, reader };
}

export default signedInPage({
  path: "/admin/users/[id]",
  may: "users.read",
  find: ({ viewer, params }) => findPerson(viewer, params.id),
  here: "people",
  draw: async ({ viewer, found: person }) => {
    const { user } = person;
    const { stops, tokens, sessions, factors, history, issue, applications, reader } = await around(
      viewer,
      user.id,
      user.username,
    );
    const mayWrite = can(viewer, "users.write");
    const Name = <bdi>{user.displayName}</bdi>;
    return (
      <>
        <PageHead
          title={user.username}
          beside={
            user.deactivatedAt !== null && (
              <Flag icon={UserX} tone="orphaned">
                Deactivated
              </Flag>
            )
          }
          sentence={user.displayName === user.username ? null : Name}
          crumb={{ href: "/admin/users", label: "People and groups" }}
          help="/help#person"
          actions={
            mayWrite &&
            stops.ok && (
              <UserActions person={person} stopping={stops.value} self={user.id === viewer.userId} reader={reader} />
            )
          }
        />
        {person.orphaned && user.deactivatedAt === null && (
          <div className="mb-4">
            <Note tone="warning" icon={Bot}>
              Nobody active maintains this service account: nobody claims or rotates its tokens. Name a maintainer.
            </Note>
          </div>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 desk:grid-cols-[1.2fr_1fr]">
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
            <RightsCard person={person} />
            <TokensCard
              tokens={tokens.items}
              more={tokens.nextCursor !== null}
              username={user.username}
              issue={issue}
              applications={applications}
              reader={reader}
            />
            <TokenHistory entries={history} reader={reader} />
          </div>
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
            <UserFacts person={person} applications={applications} reader={reader} />
            <GroupsCard person={person} mayWrite={mayWrite && can(viewer, "groups.write")} reader={reader} />
            {user.kind === "person" && (
              <>
                <UserFactors
                  user={user}
                  factors={factors}
                  mayReset={mayWrite && user.id !== viewer.userId}
                  reader={reader}
                />
                <UserSessions user={user} sessions={sessions} mayWrite={mayWrite} reader={reader} />
              </>
            )}
          </div>
        </div>
      </>
    );
  },
});
