import { type Database, Prisma, type Transaction } from "#lib/db/client";
import { KEPT_DAYS, type OperationRow, type Refused } from "./operation";

const DAY_MS = 86_400_000;

const COLUMNS = Prisma.sql`o.id::text, o.action, o.maker_id::text AS "makerId", o.maker_name AS "makerName",
  cardinality(o.token_ids) AS matched, o.position, o.refused_count AS "refusedCount", o.head_seq AS "headSeq",
  o.created_at AS "createdAt", o.finished_at AS "finishedAt"`;

/** Operations, without the ids that they are about. */
export async function readOperations(
  db: Database | Transaction,
  where: Prisma.Sql,
  most: number,
): Promise<OperationRow[]> {
  return db.$queryRaw<OperationRow[]>`
    SELECT ${COLUMNS} FROM operations o WHERE ${where} ORDER BY o.created_at DESC, o.id DESC LIMIT ${most}`;
}

/** Where an operation stands in the order in which they were begun. */
export type Place = { readonly id: string; readonly createdAt: Date };

/**
 * The operation that goes on and was begun next after another one; after the last, the first. Null if there is none.
 * @param after whose turn was before; null = nobody's
 */
export async function nextOperation(db: Database, after: Place | null) {
  const first = (later: Prisma.OperationWhereInput) =>
    db.operation.findFirst({
      where: { finishedAt: null, ...later },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, createdAt: true, makerId: true, sessionId: true, tokenId: true, address: true },
    });
  if (after === null) return first({});
  const { id, createdAt } = after;
  const later = { createdAt: { gte: createdAt }, OR: [{ createdAt: { gt: createdAt } }, { id: { gt: id } }] };
  return (await first(later)) ?? first({});
}

/** An operation that goes on, and whose turn it is. `fields` are as they were asked for. */
export type Turn = OperationRow & { readonly fields: unknown; readonly ids: readonly string[] };

/**
 * Locks an operation that is not finished and takes the next of what it is about. Whoever works on it holds it until
 * their transaction ends; another comes away with nothing.
 * @param most how many at most
 */
export async function takeTurn(tx: Transaction, id: string, most: number): Promise<Turn | null> {
  const [turn] = await tx.$queryRaw<Turn[]>`
    SELECT ${COLUMNS}, o.fields, o.token_ids[o.position + 1 : o.position + ${most}]::text[] AS ids
    FROM operations o WHERE o.id = ${id}::uuid AND o.finished_at IS NULL FOR UPDATE SKIP LOCKED`;
  return turn ?? null;
}

/**
 * Notes how a turn went, in the transaction that did it: after a crash neither is there. The last turn finishes it.
 * @param now epoch milliseconds
 * @returns the operation as it is now
 */
export async function noteTurn(
  tx: Transaction,
  { id, ids, position, matched }: Pick<Turn, "id" | "ids" | "position" | "matched">,
  refused: readonly Refused[],
  now: number,
): Promise<OperationRow> {
  const rows = refused.map((each) => ({ token_id: each.id, code: each.code, detail: each.detail }));
  if (rows.length > 0) {
    await tx.$executeRaw`
      INSERT INTO operation_refusals (operation_id, token_id, code, detail)
      SELECT ${id}::uuid, r.token_id, r.code, r.detail
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(token_id uuid, code text, detail text)
      ON CONFLICT DO NOTHING`;
  }
  const finishedAt = position + ids.length >= matched ? new Date(now) : null;
  const [row] = await tx.$queryRaw<OperationRow[]>`
    UPDATE operations o SET position = o.position + ${ids.length}, refused_count = o.refused_count + ${rows.length},
      head_seq = coalesce(nullif(current_setting('latchkey.moved', true), '')::bigint, o.head_seq),
      finished_at = ${finishedAt}
    WHERE o.id = ${id}::uuid RETURNING ${COLUMNS}`;
  if (row === undefined) throw new Error("The operation is gone although it is locked");
  return row;
}

/** How many of somebody's operations go on. */
export async function countRunning(tx: Transaction, makerId: string): Promise<number> {
  return tx.operation.count({ where: { makerId, finishedAt: null } });
}

/** Writes an operation that begins, and forgets those that nobody looks at any more. @param now epoch milliseconds */
export async function insertOperation(
  tx: Transaction,
  data: Prisma.OperationUncheckedCreateInput,
  now: number,
): Promise<OperationRow> {
  await tx.operation.deleteMany({ where: { finishedAt: { lt: new Date(now - KEPT_DAYS * DAY_MS) } } });
  const { id } = await tx.operation.create({ data: { ...data, createdAt: new Date(now) }, select: { id: true } });
  const [row] = await readOperations(tx, Prisma.sql`o.id = ${id}::uuid`, 1);
  if (row === undefined) throw new Error("An operation was written and is not there");
  return row;
}
