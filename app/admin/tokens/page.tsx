import { KeySquare } from "lucide-react";
import type { Metadata } from "next";
import { ManagerCards } from "#components/tokens/manager-cards";
import { managerHref, managerState } from "#components/tokens/manager-filter";
import { ManagerSearch } from "#components/tokens/manager-search";
import { ManagerTable } from "#components/tokens/manager-table";
import { ManagerViews } from "#components/tokens/manager-views";
import { Pager } from "#components/tokens/pager";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { requireAbility } from "#lib/auth/require-viewer";
import { tokenFormFacts } from "#lib/tokens/form";
import { listTokens } from "#lib/tokens/queries";
import { addressWithQuery } from "../../address";
import { readReader } from "../../reader";
import { SignedIn } from "../../signed-in";

export const metadata: Metadata = { title: "Token manager" };

const PAGE = 50;

export default async function TokenManagerPage({ searchParams }: PageProps<"/admin/tokens">) {
  const query = await searchParams;
  const viewer = await requireAbility("tokens.read-all", addressWithQuery("/admin/tokens", query));
  const { view, q, cursor } = managerState(query);
  const [page, { applications }, reader] = await Promise.all([
    listTokens(viewer, { q, status: view.statuses, cursor, limit: PAGE }),
    tokenFormFacts(viewer),
    readReader(),
  ]);
  const context = {
    viewer: { userId: viewer.userId, username: viewer.username, role: viewer.role },
    applications,
    reader,
  };
  return (
    <SignedIn viewer={viewer} here="manager" wide>
      <div className="flex flex-col pt-[18px] desk:h-dvh">
        <div className="page-pad">
          <div className="-mb-2.5">
            <PageHead title="Token manager" help="/help#manager" />
          </div>
          <ManagerViews current={view.key} q={q} />
          <div className="py-2.5">
            <ManagerSearch key={q} view={view.key} q={q} />
          </div>
        </div>
        {page.items.length === 0 ? (
          <div className="flex-1 border-border border-t bg-surface">
            <EmptyState
              icon={KeySquare}
              title="No token here"
              action={
                (q || view.key !== "not-ended") && (
                  <ButtonLink href={managerHref({ view: "not-ended", q: "" })}>Clear filters</ButtonLink>
                )
              }
            >
              {q
                ? `Nothing matches “${q}” among: ${view.label.toLowerCase()}.`
                : `There are no tokens among: ${view.label.toLowerCase()}.`}
            </EmptyState>
          </div>
        ) : (
          <>
            <ManagerTable tokens={page.items} context={context} />
            <ManagerCards tokens={page.items} context={context} />
          </>
        )}
        <Pager view={view.key} q={q} previous={page.previousCursor} next={page.nextCursor} shown={page.items.length} />
      </div>
    </SignedIn>
  );
}
