import { Download, ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ChainNote } from "#components/audit/chain-note";
import { ACTION_CHOICES } from "#components/audit/choices";
import { EventList } from "#components/audit/event-list";
import { AuditFilters } from "#components/audit/filters";
import { NewerEvents } from "#components/audit/newer";
import { type AuditState, auditFilterOf, auditHref, auditState, HERE, isFiltered } from "#components/audit/state";
import { buttonClass } from "#components/ui/button-class";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { listHref } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { Pager } from "#components/ui/pager";
import { SkeletonRows } from "#components/ui/skeleton";
import type { SessionViewer } from "#lib/access/viewer";
import { pageOfAuditEvents } from "#lib/audit/queries";
import { checkLatestEvents } from "#lib/audit/queries-chain";
import { now } from "#lib/clock";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Audit log" };

const EXPORT = "/api/v1/audit-events/export";

export default signedInPage({
  path: "/admin/audit",
  may: "audit.read",
  find: nothingToFind,
  here: "audit",
  draw: async ({ viewer, query }) => {
    const state = auditState(query);
    const { cursor: _cursor, ...filter } = auditFilterOf(state, (await readReader()).zone);
    return (
      <>
        <PageHead
          title="Audit log"
          sentence="Everything that was changed: who, what, when and from where. Nobody can change it."
          help="/help#audit"
          actions={
            <>
              <Export href={listHref(EXPORT, { format: "csv", ...filter })}>CSV</Export>
              <Export href={listHref(EXPORT, filter)}>NDJSON</Export>
            </>
          }
        />
        <div className="mb-4">
          <AuditFilters
            key={JSON.stringify(state)}
            action={HERE}
            state={state}
            filtered={isFiltered(state)}
            groups={ACTION_CHOICES}
          />
        </div>
        <div className="mb-3 min-h-5">
          <Suspense fallback={<p className="text-sm text-fg-3">The latest events are being checked …</p>}>
            <Chain viewer={viewer} />
          </Suspense>
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<SkeletonRows label="Events are being loaded" />}>
          <Found viewer={viewer} state={state} />
        </Suspense>
      </>
    );
  },
});

/** A plain link: Next's would ask for the file twice, and the log would tell it twice. */
const Export = ({ href, children }: { href: string; children: string }) => (
  <a href={href} download className={buttonClass({ look: "secondary" })}>
    <Icon of={Download} size={14} />
    {children}
  </a>
);

async function Chain({ viewer }: { viewer: SessionViewer }) {
  const [state, reader] = await Promise.all([checkLatestEvents(viewer, now()), readReader()]);
  return state && <ChainNote state={state} reader={reader} />;
}

async function Found({ viewer, state }: { viewer: SessionViewer; state: AuditState }) {
  const reader = await readReader();
  const asked = auditFilterOf(state, reader.zone);
  const page = await pageOfAuditEvents(viewer, asked);
  const [first] = page.items;
  if (first === undefined) {
    return (
      <EmptyState
        icon={ScrollText}
        title="No event like this"
        action={<ButtonLink href={HERE}>Show everything</ButtonLink>}
      >
        Nothing in the log fits. Names are looked for as they were when it happened.
      </EmptyState>
    );
  }
  const { cursor: _cursor, ...filter } = asked;
  return (
    <>
      {page.previousCursor === null && (
        <NewerEvents
          seq={first.seq}
          query={listHref("", filter).replace("?", "")}
          href={auditHref({ ...state, cursor: "" })}
        />
      )}
      <EventList events={page.items} reader={reader} />
      <Pager
        className="mt-3"
        previous={page.previousCursor && auditHref({ ...state, cursor: page.previousCursor })}
        next={page.nextCursor && auditHref({ ...state, cursor: page.nextCursor })}
      >
        {page.items.length === 1 ? "1 event" : `${page.items.length} events`} on this page
      </Pager>
    </>
  );
}
