import { Plus, Router } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { GatewayTable } from "#components/gateways/gateway-table";
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
import { pageOfGateways } from "#lib/gateways/queries-pages";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Gateways" };

const HERE = "/admin/gateways";

export default signedInPage({
  path: HERE,
  may: "gateways.read",
  find: nothingToFind,
  here: "gateways",
  draw: ({ viewer, query }) => {
    const state = { q: single(query.q), sort: single(query.sort), cursor: single(query.cursor) };
    const create = can(viewer, "gateways.write") && (
      <ButtonLink look="primary" href={`${HERE}/new`} className="max-desk:flex-1">
        <Icon of={Plus} />
        New gateway
      </ButtonLink>
    );
    return (
      <>
        <PageHead
          title="Gateways"
          sentence="They stand in front of applications and ask about every request: each with a secret of its own."
          help="/help#gateways"
          actions={create}
        />
        <div className="mb-3">
          <ListSearch action={HERE} q={state.q} label="Search gateways" placeholder="Key" keep={{ sort: state.sort }} />
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows label="Gateways are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </>
    );
  },
});

type State = { readonly q: string; readonly sort: string; readonly cursor: string };

async function Found({ viewer, state }: { viewer: SessionViewer; state: State }) {
  const [page, reader] = await Promise.all([pageOfGateways(viewer, state), readReader()]);
  const href = (changes: Partial<State>) => listHref(HERE, { ...state, cursor: "", ...changes });
  if (page.items.length === 0) {
    return (
      <EmptyState
        icon={Router}
        title={state.q ? "No gateway of this key" : "No gateway yet"}
        action={state.q && <ButtonLink href={HERE}>Clear the search</ButtonLink>}
      >
        {state.q
          ? `Nothing matches “${state.q}”.`
          : "Make one for the nginx, Caddy, HAProxy, Apache, Traefik or Envoy in front of your application. It gets a secret and a configuration to copy."}
      </EmptyState>
    );
  }
  return (
    <>
      <GatewayTable gateways={page.items} sort={page.sort} hrefOf={(sort) => href({ sort })} reader={reader} />
      <Pager
        className="mt-3"
        previous={page.previousCursor && href({ cursor: page.previousCursor })}
        next={page.nextCursor && href({ cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 gateway" : `${page.items.length} gateways`} on this page
      </Pager>
    </>
  );
}
