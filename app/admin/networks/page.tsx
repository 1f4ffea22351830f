import { Network, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { NetworkTable } from "#components/networks/network-table";
import { ListSearch } from "#components/shell/list-search";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { listHref, single } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { Pager } from "#components/ui/pager";
import { SkeletonRows } from "#components/ui/skeleton";
import { can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { pageOfNetworks } from "#lib/networks/queries";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Networks" };

const HERE = "/admin/networks";

export default signedInPage({
  path: HERE,
  may: "networks.read",
  find: nothingToFind,
  here: "networks",
  draw: ({ viewer, query }) => {
    const state = { q: single(query.q), sort: single(query.sort), cursor: single(query.cursor) };
    const create = can(viewer, "networks.write") && (
      <ButtonLink look="primary" href={`${HERE}/new`} className="max-desk:flex-1">
        <Icon of={Plus} />
        New network
      </ButtonLink>
    );
    return (
      <>
        <PageHead
          title="Networks"
          sentence="Named address ranges. Tiers and tokens name them, so that a change here holds everywhere."
          help="/help#networks"
          actions={create}
        />
        <div className="mb-3">
          <ListSearch
            action={HERE}
            q={state.q}
            label="Search networks"
            placeholder="Name"
            keep={{ sort: state.sort }}
          />
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows label="Networks are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </>
    );
  },
});

type State = { readonly q: string; readonly sort: string; readonly cursor: string };

async function Found({ viewer, state }: { viewer: SessionViewer; state: State }) {
  const [page, reader] = await Promise.all([pageOfNetworks(viewer, state), readReader()]);
  const href = (changes: Partial<State>) => listHref(HERE, { ...state, cursor: "", ...changes });
  if (page.items.length === 0) {
    return (
      <EmptyState
        icon={Network}
        title={state.q ? "No network of this name" : "No network yet"}
        action={state.q && <ButtonLink href={HERE}>Clear the search</ButtonLink>}
      >
        {state.q ? `Nothing matches “${state.q}”.` : "Name the ranges of your office or your build servers once."}
      </EmptyState>
    );
  }
  return (
    <>
      <NetworkTable networks={page.items} sort={page.sort} hrefOf={(sort) => href({ sort })} reader={reader} />
      <Pager
        className="mt-3"
        previous={page.previousCursor && href({ cursor: page.previousCursor })}
        next={page.nextCursor && href({ cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 network" : `${page.items.length} networks`} on this page
      </Pager>
    </>
  );
}
