import { KeySquare } from "lucide-react";
import { SelectionBar } from "#components/tokens/bulk/selection-bar";
import { ManagerCards } from "#components/tokens/manager/cards";
import { askedOf, type ManagerState, managerHref, viewHref } from "#components/tokens/manager/filter";
import { ManagerTable } from "#components/tokens/manager/table";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Pager } from "#components/ui/pager";
import type { SessionViewer } from "#lib/access/viewer";
import { applicationNames } from "#lib/applications/queries";
import { bulkActionsOf } from "#lib/tokens/queries-bulk";
import { listManagedTokens } from "#lib/tokens/queries-managed";
import { readReader } from "../../reader";

const PAGE_SIZE = 50;

/** One page of the table, or what to do when a filter finds nothing. */
export async function ManagedTokens({ viewer, state }: { viewer: SessionViewer; state: ManagerState }) {
  const { q, sort, cursor } = state;
  const [page, applications, reader, actions] = await Promise.all([
    listManagedTokens(viewer, { ...askedOf(state), sort, cursor, limit: PAGE_SIZE }),
    applicationNames(viewer),
    readReader(),
    bulkActionsOf(viewer),
  ]);
  const selects = actions.length > 0;
  const context = { username: viewer.username, applications, reader };
  const number = page.total.toLocaleString("en");
  const total = page.totalIsCapped ? `more than ${number} tokens` : page.total === 1 ? "1 token" : `${number} tokens`;
  return (
    <>
      {page.items.length === 0 ? (
        <div className="flex-1 border-border border-t bg-surface">
          <EmptyState
            icon={KeySquare}
            title="No token here"
            action={<ButtonLink href={viewHref("all")}>Show all tokens</ButtonLink>}
          >
            {q ? `Nothing that passes this filter matches “${q}”.` : "Nothing passes this filter."}
          </EmptyState>
        </div>
      ) : (
        <>
          <ManagerTable
            tokens={page.items}
            context={context}
            sort={page.sort}
            columns={state.columns}
            selects={selects}
            hrefOf={(wanted) => managerHref(state, { sort: wanted })}
          />
          <ManagerCards tokens={page.items} context={context} selects={selects} />
        </>
      )}
      {selects && (
        <SelectionBar
          username={viewer.username}
          actions={actions}
          filter={askedOf(state)}
          total={page.totalIsCapped ? `${number}+` : number}
          reader={reader}
        />
      )}
      <Pager
        className="page-pad border-border border-t bg-bg py-2"
        previous={page.previousCursor && managerHref(state, { cursor: page.previousCursor })}
        next={page.nextCursor && managerHref(state, { cursor: page.nextCursor })}
      >
        {page.items.length} of {total}
      </Pager>
    </>
  );
}
