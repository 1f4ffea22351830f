import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Page } from "#lib/pagination";
import { visibleTokens } from "#lib/tokens/store";
import { type AuditFilter, type AuditQuery, auditFilter, sequenceOf } from "./parameters";
import { conditionsOf, readEvents } from "./store";
import { type AuditEventView, eventView } from "./view";

const HISTORY = 100;

export type HistoryEntry = Pick<AuditEventView, "seq" | "at" | "sentence"> & { readonly actor: string };

/** What happened to a token that the viewer may see, newest first; at most a hundred entries. */
export async function tokenHistory(viewer: Viewer, tokenId: string): Promise<HistoryEntry[]> {
  const db = database();
  const visible = await visibleTokens(db, viewer);
  const token = await db.token.findFirst({ where: { AND: [visible, { id: tokenId }] }, select: { id: true } });
  if (token === null) return [];
  const rows = await db.auditEvent.findMany({
    where: { subjectKind: "token", subjectId: token.id },
    orderBy: { seq: "desc" },
    take: HISTORY,
  });
  return rows.map(eventView).map(({ seq, at, sentence, actor }) => ({ seq, at, sentence, actor: actor.name }));
}

/** The audit log, newest first, by keyset: a negative cursor pages back. @returns `forbidden` without a role */
export async function listAuditEvents(viewer: Viewer, query: AuditQuery): Promise<Result<Page<AuditEventView>>> {
  if (!can(viewer, "audit.read")) return refuse("forbidden", "The audit log is for administrators and auditors.");
  const { limit, cursor: written, ...filter } = query;
  const back = written?.startsWith("-") ?? false;
  const cursor = written === undefined ? null : BigInt(written.replace("-", ""));
  const db = database();
  const seek = { beyond: cursor, order: back ? ("oldest" as const) : ("newest" as const), take: limit + 1 };
  const rows = await readEvents(db, await conditionsOf(db, filter, true), seek);
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (back) shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const older = back ? cursor !== null : more;
  const newer = back ? more : cursor !== null;
  return ok({
    items: shown.map(eventView),
    nextCursor: older && last !== undefined ? last.seq.toString() : null,
    previousCursor: newer && first !== undefined ? `-${first.seq}` : null,
  });
}

/** One event by its sequence. @returns null for who may not read the log, and for what is no event */
export async function findAuditEvent(viewer: Viewer, written: string | undefined): Promise<AuditEventView | null> {
  const seq = sequenceOf(written);
  if (seq === null || !can(viewer, "audit.read")) return null;
  const row = await database().auditEvent.findUnique({ where: { seq } });
  return row === null ? null : eventView(row);
}

export async function auditEventBySequence(viewer: Viewer, seq: string | undefined): Promise<Result<AuditEventView>> {
  const event = await findAuditEvent(viewer, seq);
  return event === null ? refuse("not_found", "There is no such event.") : ok(event);
}

/**
 * A page of the log for an address typed and shared by hand: what makes no sense is left out, each by itself.
 * @param asked what the address says; empty texts say nothing
 */
export async function pageOfAuditEvents(
  viewer: Viewer,
  asked: Readonly<Record<keyof AuditFilter | "cursor", string>>,
): Promise<Page<AuditEventView>> {
  const shape = auditFilter.shape;
  const read = (name: keyof AuditFilter) => {
    const parsed = shape[name].safeParse(asked[name] === "" ? undefined : asked[name]);
    return parsed.success && parsed.data !== undefined && parsed.data !== "" ? { [name]: parsed.data } : {};
  };
  const filter: AuditFilter = Object.assign({}, ...(Object.keys(shape) as (keyof AuditFilter)[]).map(read));
  const cursor = /^-?\d{1,18}$/.test(asked.cursor) ? { cursor: asked.cursor } : {};
  const page = await listAuditEvents(viewer, { ...filter, ...cursor, limit: 50 });
  return page.ok ? page.value : { items: [], nextCursor: null, previousCursor: null };
}
