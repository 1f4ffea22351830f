import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { GroupTable } from "#components/groups/group-table";
import { ListSearch } from "#components/shell/list-search";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { listHref, single } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { Pager } from "#components/ui/pager";
import { SkeletonRows } from "#components/ui/skeleton";
import { PeopleTabs } from "#components/users/people-tabs";
import { can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { pageOfGroups } from "#lib/groups/queries-group";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Groups" };

const HERE = "/admin/groups";

export default signedInPage({
  path: HERE,
  may: "groups.read",
  find: nothingToFind,
  here: "people",
  width: "full",
  draw: ({ viewer, query }) => {
    const state = { q: single(query.q), sort: single(query.sort), cursor: single(query.cursor) };
    return (
      <div className="page-pad pt-10 pb-10 max-desk:pt-[18px]">
        <PageHead
          title="People and groups"
          sentence="Tiers, delegations and roles name groups; whoever is in one has what it gives."
          help="/help#groups"
          actions={
            can(viewer, "groups.write") && (
              <ButtonLink look="primary" href={`${HERE}/new`} className="max-desk:flex-1">
                <Icon of={Plus} />
                New group
              </ButtonLink>
            )
          }
        />
        <PeopleTabs current="groups" />
        <div className="mb-3">
          <ListSearch
            key={state.q}
            action={HERE}
            q={state.q}
            label="Search groups"
            placeholder="Name"
            keep={{ sort: state.sort }}
          />
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows label="Groups are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </div>
    );
  },
});

type State = { readonly q: string; readonly sort: string; readonly cursor: string };

async function Found({ viewer, state }: { viewer: SessionViewer; state: State }) {
  const page = await pageOfGroups(viewer, state);
  const href = (changes: Partial<State>) => listHref(HERE, { ...state, cursor: "", ...changes });
  if (page.items.length === 0) {
    return (
      <EmptyState
        icon={UsersRound}
        title={state.q ? "No group of this name" : "No group yet"}
        action={state.q && <ButtonLink href={HERE}>Clear the search</ButtonLink>}
      >
        {state.q ? `Nothing matches “${state.q}”.` : "Make one for those who may have tokens."}
      </EmptyState>
    );
  }
  return (
    <>
      <GroupTable groups={page.items} sort={page.sort} hrefOf={(sort) => href({ sort })} />
      <Pager
        className="mt-3"
        previous={page.previousCursor && href({ cursor: page.previousCursor })}
        next={page.nextCursor && href({ cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 group" : `${page.items.length} groups`} on this page
      </Pager>
    </>
  );
}
