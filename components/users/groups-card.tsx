import Link from "next/link";
import type { Person } from "#lib/users/person";
import { AskDialog } from "../api/ask-dialog";
import { Card, CardHead } from "../ui/card";
import { Time } from "../ui/time";
import { dayAndYearOf, type Reader } from "../ui/time-words";
import { JoinForm } from "./join-form";

type Props = { person: Pick<Person, "user" | "memberships">; mayWrite: boolean; reader: Reader };

/** The groups somebody is in, and where each membership comes from. */
export function GroupsCard({ person: { user, memberships }, mayWrite, reader }: Props) {
  return (
    <Card aria-labelledby="groups">
      <CardHead id="groups">Groups</CardHead>
      {memberships.length === 0 && <p className="px-4 py-3 text-sm text-fg-3">In none.</p>}
      <ul className="divide-y divide-border">
        {memberships.map(({ groupId, ref, source, addedAt, addedBy, role }) => (
          <li key={groupId} className="flex items-center gap-3 px-4 py-2 text-sm">
            <span className="min-w-0 flex-1">
              <Link prefetch={false} href={`/admin/groups/${groupId}`} className="font-medium text-fg">
                <bdi className="[overflow-wrap:anywhere]">{ref}</bdi>
              </Link>
              <span className="block text-xs text-fg-3">
                {source === "local" ? `Added by ${addedBy}, ` : `From the directory ${source}, `}
                <Time at={addedAt} reader={reader}>
                  {dayAndYearOf(Date.parse(addedAt), reader)}
                </Time>
                {role !== null && ` · gives the role ${role}`}
              </span>
            </span>
            {mayWrite && source === "local" && (
              <AskDialog
                label="Remove"
                name={`Remove from ${ref}`}
                look={{ look: "quiet-red", size: "sm" }}
                title={`Take ${user.username} out of ${ref}?`}
                method="DELETE"
                path={`/api/v1/groups/${groupId}/members`}
                body={{ users: [user.username] }}
                confirm="Take out"
                busy="Taking out …"
                keep="Leave it"
                done={`Took ${user.username} out of ${ref}.`}
                verb="In force"
                reader={reader}
              >
                What they have by this group ends at once: role, tier, power over tokens of others. Their tokens are
                judged by what is left.
              </AskDialog>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && <JoinForm username={user.username} />}
    </Card>
  );
}
