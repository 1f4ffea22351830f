import { Bot, UserX } from "lucide-react";
import Link from "next/link";
import type { GroupView, MemberView } from "#lib/groups/view";
import { AskDialog } from "../api/ask-dialog";
import { Avatar } from "../ui/avatar";
import { Flag } from "../ui/flag";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { dayAndYearOf, type Reader } from "../ui/time-words";

type Props = {
  group: Pick<GroupView, "id" | "ref" | "source">;
  members: readonly MemberView[];
  mayWrite: boolean;
  reader: Reader;
};

/** Who is in a group, since when and by whom. A directory's members are its own. */
export function MemberList({ group, members, mayWrite, reader }: Props) {
  const local = group.source === "local";
  return (
    <ul className="divide-y divide-border">
      {members.map(({ id, username, displayName, kind, deactivatedAt, addedAt, addedBy }) => (
        <li key={id} className="flex items-center gap-3 px-4 py-2 text-sm">
          {kind === "person" ? <Avatar name={displayName} small /> : <Icon of={Bot} className="mx-[3px] text-fg-3" />}
          <span className="min-w-0 flex-1">
            <Link prefetch={false} href={`/admin/users/${id}`} className="font-medium text-fg">
              <bdi className="[overflow-wrap:anywhere]">{username}</bdi>
            </Link>
            <span className="block text-xs text-fg-3">
              <bdi>{displayName}</bdi> · {local ? `added by ${addedBy}, ` : "from the directory, "}
              <Time at={addedAt} reader={reader}>
                {dayAndYearOf(Date.parse(addedAt), reader)}
              </Time>
            </span>
          </span>
          {deactivatedAt !== null && (
            <Flag icon={UserX} tone="orphaned">
              Deactivated
            </Flag>
          )}
          {mayWrite && local && (
            <AskDialog
              label="Remove"
              name={`Remove ${username}`}
              look={{ look: "quiet-red", size: "sm" }}
              title={`Take ${username} out of ${group.ref}?`}
              method="DELETE"
              path={`/api/v1/groups/${group.id}/members`}
              body={{ users: [username] }}
              confirm="Take out"
              busy="Taking out …"
              keep="Leave it"
              done={`Took ${username} out of ${group.ref}.`}
              verb="In force"
              reader={reader}
            >
              What they have by this group ends at once. Their tokens are judged by what is left.
            </AskDialog>
          )}
        </li>
      ))}
    </ul>
  );
}
