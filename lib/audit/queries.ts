import { z } from "zod";
import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id, line } from "#lib/fields";
import { containing } from "#lib/pagination";
import { visibleTokens } from "#lib/tokens/store";
import type { Json } from "./define";
import { sentenceOf } from "./describe";
import { ACTIONS } from "./event";
import { type AuditRow, eventOf } from "./row";

/** An event as the API shows it (docs/interfaces.md). `seq` is a decimal string, `at` ISO 8601. */
export type AuditEventView = {
  readonly seq: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly detail: { readonly before: Json; readonly after: Json };
  readonly address: string | null;
  readonly sentence: string;
};

function viewOf(row: AuditRow): AuditEventView {
  const event = eventOf(row);
  return {
    seq: event.seq.toString(),
    at: new Date(event.at).toISOString(),
    actor: { kind: event.actor.kind, name: event.actor.name },
    action: event.action,
    subject: event.subject,
    detail: event.detail,
    address: event.address,
    sentence: sentenceOf(event),
  };
}

const HISTORY = 100;

export type HistoryEntry = {
  readonly seq: string;
  readonly at: string;
  readonly sentence: string;
  readonly actor: string;
};

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
  return rows.map(viewOf).map(({ seq, at, sentence, actor }) => ({ seq, at, sentence, actor: actor.name }));
}

const time = z.iso.datetime({ offset: true, error: "Give a time as ISO 8601, for example 2026-11-22T12:00:00Z." });
const LIMIT = "Give a number from 1 to 100.";

/** The query parameters of the log. The cursor is the sequence of the last event seen. */
export const auditQuery = z.strictObject({
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(100, LIMIT).default(50),
  cursor: z
    .string()
    .regex(/^-?\d{1,18}$/, "This cursor belongs to no page of this list.")
    .optional(),
  actor: line(255).optional(),
  subject: z.union([id, line(255)]).optional(),
  action: z.enum(ACTIONS, "There is no such action.").optional(),
  from: time.optional(),
  to: time.optional(),
  q: line(200).optional(),
});

export type AuditQuery = z.output<typeof auditQuery>;

function filterOf(query: AuditQuery): Prisma.AuditEventWhereInput {
  const { actor, subject, action, from, to, q } = query;
  const isId = subject !== undefined && id.safeParse(subject).success;
  const text = q === undefined ? undefined : containing(q);
  return {
    ...(actor === undefined ? {} : { actorName: actor }),
    ...(subject === undefined ? {} : isId ? { subjectId: subject } : { subjectName: subject }),
    ...(action === undefined ? {} : { action }),
    ...(from === undefined && to === undefined
      ? {}
      : {
          at: {
            ...(from === undefined ? {} : { gte: new Date(from) }),
            ...(to === undefined ? {} : { lt: new Date(to) }),
          },
        }),
    ...(text === undefined ? {} : { OR: [{ actorName: text }, { subjectName: text }, { action: text }] }),
  };
}

/** The audit log, newest first, by keyset: a negative cursor pages back. @returns `forbidden` without a role */
export async function listAuditEvents(viewer: Viewer, query: AuditQuery) {
  if (!can(viewer, "audit.read")) return refuse("forbidden", "The audit log is for administrators and auditors.");
  const back = query.cursor?.startsWith("-") ?? false;
  const cursor = query.cursor === undefined ? null : BigInt(query.cursor.replace("-", ""));
  const beyond = cursor === null ? {} : { seq: back ? { gt: cursor } : { lt: cursor } };
  const rows = await database().auditEvent.findMany({
    where: { AND: [filterOf(query), beyond] },
    orderBy: { seq: back ? "asc" : "desc" },
    take: query.limit + 1,
  });
  const more = rows.length > query.limit;
  const shown = rows.slice(0, query.limit);
  if (back) shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const older = back ? cursor !== null : more;
  const newer = back ? more : cursor !== null;
  return ok({
    items: shown.map(viewOf),
    nextCursor: older && last !== undefined ? last.seq.toString() : null,
    previousCursor: newer && first !== undefined ? `-${first.seq}` : null,
  }) satisfies Result<object>;
}
