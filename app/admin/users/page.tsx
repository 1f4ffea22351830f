import { Plus, Users } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ListSearch } from "#components/shell/list-search";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { PageHead } from "#components/ui/page-head";
import { Pager } from "#components/ui/pager";
import { SkeletonRows } from "#components/ui/skeleton";
import { PeopleTabs } from "#components/users/people-tabs";
import { isNarrowed, type UserListState, userListHref, userListState } from "#components/users/user-filter";
import { UserFilters } from "#components/users/user-filters";
import { UserTable } from "#components/users/user-table";
import { can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { pageOfUsers } from "#lib/users/queries-page";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "People and groups" };

export default signedInPage({
  path: "/admin/users",
  may: "users.read",
  find: nothingToFind,
  here: "people",
  width: "full",
  draw: ({ viewer, query }) => {
    const state = userListState(query);
    const { q, kind, cursor: _page, ...keep } = state;
    const tab = kind === "person" || kind === "service" ? kind : "all";
    const service = kind === "service";
    return (
      <div className="page-pad pt-10 pb-10 max-desk:pt-[18px]">
        <PageHead
          title="People and groups"
          sentence="Who there is, and what follows from the groups they are in: role, tier, power over tokens of others."
          help="/help#people"
          actions={
            can(viewer, "users.write") && (
              <ButtonLink
                look="primary"
                href={service ? "/admin/users/new?kind=service" : "/admin/users/new"}
                className="max-desk:flex-1"
              >
                <Icon of={Plus} />
                {service ? "New service account" : "New person"}
              </ButtonLink>
            )
          }
        />
        <PeopleTabs current={tab} />
        <div className="mb-3 flex flex-wrap items-start gap-2 max-desk:flex-col max-desk:items-stretch">
          <ListSearch
            key={q}
            action="/admin/users"
            q={q}
            label="Search users"
            placeholder="Username, name, e-mail"
            keep={{ kind, ...keep }}
          />
          <UserFilters key={JSON.stringify(state)} state={state} />
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows rows={10} label="Users are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </div>
    );
  },
});

async function Found({ viewer, state }: { viewer: SessionViewer; state: UserListState }) {
  const [page, reader] = await Promise.all([pageOfUsers(viewer, state), readReader()]);
  if (page.items.length === 0) {
    const narrowed = isNarrowed(state);
    return (
      <EmptyState
        icon={Users}
        title={narrowed ? "Nobody like this" : "Nobody here yet"}
        action={narrowed && <ButtonLink href="/admin/users">Clear filters</ButtonLink>}
      >
        {state.q !== "" && `Nothing matches “${state.q}”. `}
        {narrowed
          ? "Take a filter away, or look among everybody."
          : "Make a service account for each program that is nobody’s: a build server, a backup."}
      </EmptyState>
    );
  }
  const { previousCursor, nextCursor } = page;
  return (
    <>
      <UserTable users={page.items} sort={page.sort} hrefOf={(sort) => userListHref(state, { sort })} reader={reader} />
      <Pager
        className="mt-3"
        previous={previousCursor && userListHref(state, { cursor: previousCursor })}
        next={nextCursor && userListHref(state, { cursor: nextCursor })}
      >
        {page.items.length === 1 ? "1 user" : `${page.items.length} users`} on this page
      </Pager>
    </>
  );
}
