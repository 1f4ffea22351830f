import { MemberList } from "#components/groups/member-list";
import { MembersForm } from "#components/groups/members-form";
import { ListSearch } from "#components/shell/list-search";
import { Card, CardHead } from "#components/ui/card";
import { listHref } from "#components/ui/list-address";
import { Pager } from "#components/ui/pager";
import type { SessionViewer } from "#lib/access/viewer";
import { pageOfMembers } from "#lib/groups/queries-members";
import type { GroupView } from "#lib/groups/view";
import { readReader } from "../../../reader";

type State = { readonly q: string; readonly cursor: string };
type Props = { viewer: SessionViewer; group: GroupView; mayWrite: boolean; state: State };

/** One page of who is in a group, of which there may be many thousands. */
export async function Members({ viewer, group, mayWrite, state }: Props) {
  const [page, reader] = await Promise.all([pageOfMembers(viewer, group.id, state), readReader()]);
  const here = `/admin/groups/${group.id}`;
  const href = (cursor: string) => listHref(here, { q: state.q, cursor });
  const { items, previousCursor, nextCursor } = page;
  return (
    <Card aria-labelledby="members" className="min-w-0">
      <CardHead id="members">Members</CardHead>
      {group.source === "local" ? (
        mayWrite && <MembersForm group={group} reader={reader} />
      ) : (
        <p className="p-4 text-sm text-fg-2">Who is in it its directory {group.source} says. Change it there.</p>
      )}
      <div className="border-border border-t px-4 py-3">
        <ListSearch
          key={state.q}
          action={here}
          q={state.q}
          label="Search members"
          placeholder="Username, name, e-mail"
        />
      </div>
      {items.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-fg-3">{state.q ? `Nobody in it matches “${state.q}”.` : "Nobody yet."}</p>
      ) : (
        <MemberList group={group} members={items} mayWrite={mayWrite} reader={reader} />
      )}
      {(previousCursor !== null || nextCursor !== null) && (
        <Pager
          className="border-border border-t px-4 py-2"
          previous={previousCursor && href(previousCursor)}
          next={nextCursor && href(nextCursor)}
        >
          {items.length} on this page
        </Pager>
      )}
    </Card>
  );
}
