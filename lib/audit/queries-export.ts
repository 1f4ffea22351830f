import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { EVENTS_CSV } from "./csv";
import type { ExportQuery } from "./parameters";
import { conditionsOf, readEvents } from "./store";
import { type AuditEventView, eventView } from "./view";

const PAGE = 500;

const ndjsonLine = (event: AuditEventView): string => `${JSON.stringify(event)}\n`;

/**
 * Events as text, oldest first, a page at a time: memory stays constant, and between two pages nothing is held open in
 * the database. Whoever stops reading stops the reading.
 * @param until the last sequence that belongs to it
 */
export async function* exportedEvents(viewer: Viewer, query: ExportQuery, until: bigint): AsyncGenerator<string> {
  if (!can(viewer, "audit.read")) return;
  const { format, ...filter } = query;
  const db = database();
  const conditions = await conditionsOf(db, filter, false);
  const line = format === "csv" ? EVENTS_CSV.line : ndjsonLine;
  if (format === "csv") yield EVENTS_CSV.head;
  for (let beyond = 0n; beyond < until; ) {
    const rows = await readEvents(db, conditions, { beyond, order: "oldest", take: PAGE });
    const ours = rows.filter(({ seq }) => seq <= until);
    if (ours.length > 0) yield ours.map(eventView).map(line).join("");
    beyond = ours.length < PAGE ? until : (ours.at(-1)?.seq ?? until);
  }
}
