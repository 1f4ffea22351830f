import { type Database, Prisma } from "#lib/db/client";
import { id } from "#lib/fields";
import { foldName } from "#lib/users/name";
import { ACTIONS, EVENTS } from "./event";
import type { AuditFilter } from "./parameters";
import type { AuditRow } from "./row";

const COLUMNS = Prisma.sql`seq, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", action,
  subject_kind AS "subjectKind", subject_id AS "subjectId", subject_name AS "subjectName", detail, address`;

/** Where to read: beyond a sequence, newest or oldest first. */
export type Seek = { readonly beyond: bigint | null; readonly order: "newest" | "oldest"; readonly take: number };

// Trigrams begin at three characters; what is shorter is looked for as a whole name.
const SHORTEST_PART = 3;

const NOTHING = Prisma.sql`false`;

/** `now` of a command may be this much older than its place in the log: what waits for a lock is written later. */
const SLACK_MS = 3_600_000;

/** A part of a name, or of an action; what LIKE would take for wildcards is meant literally. */
function containing(q: string): Prisma.Sql {
  if ([...q].length < SHORTEST_PART) return Prisma.sql`(actor_name = ${q} OR subject_name = ${q})`;
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const actions = ACTIONS.filter((action) => action.includes(q.toLowerCase()));
  const named = actions.length === 0 ? Prisma.empty : Prisma.sql`OR action IN (${Prisma.join([...actions])})`;
  return Prisma.sql`(actor_name ILIKE ${like} OR subject_name ILIKE ${like} ${named})`;
}

/**
 * Times narrow the sequence too, so that an old week is found without walking back to it. Rows whose clock was more than
 * an hour off from their neighbours' may be missed; an export does not narrow.
 */
async function narrowed(db: Database, { from, to }: AuditFilter): Promise<Prisma.Sql[]> {
  const first = from === undefined ? null : new Date(Date.parse(from) - SLACK_MS);
  const last = to === undefined ? null : new Date(Date.parse(to) + SLACK_MS);
  const low = first && (await db.auditEvent.findFirst({ where: { at: { gte: first } }, ...edge("asc") }));
  const high = last && (await db.auditEvent.findFirst({ where: { at: { lt: last } }, ...edge("desc") }));
  return [
    ...(first ? [low ? Prisma.sql`seq >= ${low.seq}` : NOTHING] : []),
    ...(last ? [high ? Prisma.sql`seq <= ${high.seq}` : NOTHING] : []),
  ];
}

function edge(order: "asc" | "desc"): { orderBy: Prisma.AuditEventOrderByWithRelationInput[]; select: { seq: true } } {
  return { orderBy: [{ at: order }, { seq: order }], select: { seq: true } };
}

/** The conditions of a filter. Of a user's name also what their tokens did. */
export async function conditionsOf(db: Database, filter: AuditFilter, narrow: boolean): Promise<Prisma.Sql[]> {
  const { actor, subject, action, from, to, q } = filter;
  const user = actor && (await db.user.findUnique({ where: { usernameKey: foldName(actor) }, select: { id: true } }));
  return [
    ...(actor
      ? [user ? Prisma.sql`(actor_name = ${actor} OR actor_id = ${user.id})` : Prisma.sql`actor_name = ${actor}`]
      : []),
    ...(subject
      ? [id.safeParse(subject).success ? Prisma.sql`subject_id = ${subject}` : Prisma.sql`subject_name = ${subject}`]
      : []),
    ...(action
      ? [Object.hasOwn(EVENTS, action) ? Prisma.sql`action = ${action}` : Prisma.sql`subject_kind = ${action}`]
      : []),
    ...(from ? [Prisma.sql`at >= ${new Date(from)}`] : []),
    ...(to ? [Prisma.sql`at < ${new Date(to)}`] : []),
    ...(q ? [containing(q)] : []),
    ...(narrow ? await narrowed(db, filter) : []),
  ];
}

/** The statement that reads events: at most `take`, beyond a sequence. */
export function selectEvents(conditions: readonly Prisma.Sql[], { beyond, order, take }: Seek): Prisma.Sql {
  const newest = order === "newest";
  const side = newest ? Prisma.sql`seq < ${beyond}` : Prisma.sql`seq > ${beyond}`;
  const all = beyond === null ? conditions : [...conditions, side];
  const where = all.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join([...all], " AND ")}`;
  return Prisma.sql`SELECT ${COLUMNS} FROM audit_events ${where}
    ORDER BY seq ${newest ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${take}`;
}

export const readEvents = (db: Database, conditions: readonly Prisma.Sql[], seek: Seek): Promise<AuditRow[]> =>
  db.$queryRaw<AuditRow[]>(selectEvents(conditions, seek));
