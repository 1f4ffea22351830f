import { KeySquare } from "lucide-react";
import { ManagerCards } from "#components/tokens/manager/cards";
import { type ManagerState, managerHref } from "#components/tokens/manager/filter";
import { ManagerTable } from "#components/tokens/manager/table";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { listManagedTokens } from "#lib/tokens/queries-managed";
import { readReader } from "../../reader";

const PAGE_SIZE = 50;

/** One page of the table, or what to do when a filter finds nothing. */
export async function ManagedTokens({ viewer, state }: { viewer: SessionViewer; state: ManagerState }) {
  const { view, q, cursor } = state;
  const [page, applications, reader] = await Promise.all([
    listManagedTokens(viewer, { q, status: view.statuses, cursor, limit: PAGE_SIZE }),
    applicationNames(viewer),
    readReader(),
  ]);
  const context = { username: viewer.username, applications, reader };
  const filtered = q !== "" || view.key !== "not-ended";
  const among = view.label.toLowerCase();
  return (
    <>
      {page.items.length === 0 ? (
        <div className="flex-1 border-border border-t bg-surface">
          <EmptyState
            icon={KeySquare}
            title="No token here"
            action={filtered && <ButtonLink href={managerHref({ view: "not-ended", q: "" })}>Clear filters</ButtonLink>}
          >
            {q ? `Nothing matches “${q}” among: ${among}.` : `There are no tokens among: ${among}.`}
          </EmptyState>
        </div>
      ) : (
        <>
          <ManagerTable tokens={page.items} context={context} />
          <ManagerCards tokens={page.items} context={context} />
        </>
      )}
      <Pager
        className="page-pad border-border border-t bg-bg py-2"
        previous={page.previousCursor && managerHref({ view: view.key, q, cursor: page.previousCursor })}
        next={page.nextCursor && managerHref({ view: view.key, q, cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 token" : `${page.items.length} tokens`} on this page
      </Pager>
    </>
  );
}
