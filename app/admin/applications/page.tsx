import { Boxes, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ApplicationTable } from "#components/applications/application-table";
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
import { pageOfApplications } from "#lib/applications/queries-pages";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Applications" };

const HERE = "/admin/applications";

export default signedInPage({
  path: HERE,
  may: "applications.read",
  find: nothingToFind,
  here: "applications",
  draw: ({ viewer, query }) => {
    const state = { q: single(query.q), sort: single(query.sort), cursor: single(query.cursor) };
    const create = can(viewer, "applications.write") && (
      <ButtonLink look="primary" href={`${HERE}/new`} className="max-desk:flex-1">
        <Icon of={Plus} />
        Connect an application
      </ButtonLink>
    );
    return (
      <>
        <PageHead
          title="Applications"
          sentence="What stands behind gateways: where it is found, and what passes there besides tokens."
          help="/help#applications"
          actions={create}
        />
        <div className="mb-3">
          <ListSearch
            action={HERE}
            q={state.q}
            label="Search applications"
            placeholder="Name or key"
            keep={{ sort: state.sort }}
          />
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows label="Applications are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </>
    );
  },
});

type State = { readonly q: string; readonly sort: string; readonly cursor: string };

async function Found({ viewer, state }: { viewer: SessionViewer; state: State }) {
  const page = await pageOfApplications(viewer, state);
  const href = (changes: Partial<State>) => listHref(HERE, { ...state, cursor: "", ...changes });
  if (page.items.length === 0) {
    return (
      <EmptyState
        icon={Boxes}
        title="No application of this name"
        action={<ButtonLink href={HERE}>Clear the search</ButtonLink>}
      >
        {`Nothing matches “${state.q}”.`}
      </EmptyState>
    );
  }
  return (
    <>
      <ApplicationTable applications={page.items} sort={page.sort} hrefOf={(sort) => href({ sort })} />
      <Pager
        className="mt-3"
        previous={page.previousCursor && href({ cursor: page.previousCursor })}
        next={page.nextCursor && href({ cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 application" : `${page.items.length} applications`} on this page
      </Pager>
    </>
  );
}
