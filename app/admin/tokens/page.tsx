import { Download, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { ListSearch } from "#components/shell/list-search";
import { operationTitle } from "#components/tokens/bulk/bulk-words";
import { FilterChips } from "#components/tokens/manager/chips";
import { ColumnChoice } from "#components/tokens/manager/column-choice";
import {
  MANAGER,
  type ManagerState,
  managerParameters,
  managerState,
  managerTitle,
} from "#components/tokens/manager/filter";
import { FilterForm } from "#components/tokens/manager/filter-form";
import { FindBySecret } from "#components/tokens/manager/find-by-secret";
import { ManagerViews } from "#components/tokens/manager/views";
import { buttonClass } from "#components/ui/button-class";
import { ButtonLink } from "#components/ui/button-link";
import { Icon } from "#components/ui/icon";
import { listHref } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { SkeletonRows } from "#components/ui/skeleton";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { listOwnOperations } from "#lib/operations/queries";
import { issuesTokens } from "#lib/tokens/queries-issue";
import { managesTokens } from "#lib/tokens/queries-managed";
import { countViews } from "#lib/tokens/queries-views";
import { ownViews } from "#lib/views/queries";
import type { SavedView } from "#lib/views/view";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";
import { ManagedTokens } from "./managed-tokens";

export const metadata: Metadata = { title: "Token manager" };

const OTHERS = "Of whom your delegations cover, and of the service accounts that you maintain.";

export default signedInPage({
  path: "/admin/tokens",
  may: managesTokens,
  find: nothingToFind,
  here: "manager",
  width: "full",
  draw: async ({ viewer, query }) => {
    const state = managerState(query);
    const [applications, saved] = await Promise.all([applicationNames(viewer), ownViews(viewer)]);
    return (
      <div className="flex flex-col pt-[18px] desk:h-dvh">
        <div className="page-pad">
          <div className="-mb-2.5">
            <PageHead
              title={managerTitle(viewer.role)}
              sentence={viewer.role === "user" && OTHERS}
              help="/help#manager"
              actions={
                <>
                  <FindBySecret applications={applications} reader={await readReader()} />
                  {(await issuesTokens(viewer)) && (
                    <ButtonLink look="primary" href="/admin/tokens/new">
                      <Icon of={Plus} />
                      Token for somebody
                    </ButtonLink>
                  )}
                </>
              }
            />
          </div>
          <Suspense>
            <OperationsGoingOn viewer={viewer} />
          </Suspense>
          <Suspense fallback={<ManagerViews state={state} counts={{}} saved={saved} />}>
            <CountedViews viewer={viewer} state={state} saved={saved} />
          </Suspense>
          <div className="flex flex-wrap items-start gap-2 py-2.5">
            <ListSearch
              key={state.q}
              action={MANAGER}
              q={state.q}
              label="Search tokens"
              placeholder="Name, hint, owner, contact, label"
              keep={{ ...managerParameters(state), q: "" }}
            />
            <FilterChips state={state} />
            <FilterForm state={state} applications={applications} />
            <span className="ml-auto flex gap-1 max-desk:ml-0">
              <ColumnChoice state={state} />
              <ExportLink state={state} />
            </span>
          </div>
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<Loading />}>
          <ManagedTokens viewer={viewer} state={state} />
        </Suspense>
      </div>
    );
  },
});

type Counted = { viewer: SessionViewer; state: ManagerState; saved: readonly SavedView[] };

async function CountedViews({ viewer, state, saved }: Counted) {
  return <ManagerViews state={state} counts={await countViews(viewer)} saved={saved} />;
}

/** What somebody began and left: they come back to it from here. */
async function OperationsGoingOn({ viewer }: { viewer: SessionViewer }) {
  const running = (await listOwnOperations(viewer)).filter(({ finishedAt }) => finishedAt === null);
  return running.map(({ id, action, matched, done, refusedCount }) => (
    <p key={id} className="mb-2 text-sm text-fg-2">
      <Link prefetch={false} href={`/admin/tokens/operations/${id}`}>
        {operationTitle(action, matched)}
      </Link>{" "}
      goes on: {(done + refusedCount).toLocaleString("en")} had their turn.
    </p>
  ));
}

/** A plain link, so that the browser saves what comes as a file. */
function ExportLink({ state: { filter, q } }: { state: ManagerState }) {
  return (
    <a
      href={listHref("/api/v1/admin/tokens/export", { ...filter, q })}
      download
      className={buttonClass({ look: "quiet", size: "sm" })}
    >
      <Icon of={Download} size={14} />
      Export CSV
    </a>
  );
}

function Loading() {
  return (
    <div className="flex-1 border-border border-t bg-surface">
      <SkeletonRows rows={10} label="Tokens are being loaded" />
    </div>
  );
}
