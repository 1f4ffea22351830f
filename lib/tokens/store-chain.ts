import type { Transaction } from "#lib/db/client";
import { datedOf, type TokenRow } from "./row";
import { statusOf } from "./status";
import { TOKEN_COLUMNS } from "./store";

const ACTIVE_OWNER = { deactivatedAt: null };
/** Whether a token is revoked, or its overlap over. */
export const isRevoked = (row: TokenRow, now: number): boolean =>
  statusOf(datedOf(row), ACTIVE_OWNER, now) === "revoked";

/** Locks the predecessors and successors of a token that are not revoked, in one order. */
async function lockChain(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE older AS (
      SELECT id, rotated_from_id FROM tokens WHERE id = ${id}::uuid
      UNION SELECT t.id, t.rotated_from_id FROM tokens t JOIN older ON t.id = older.rotated_from_id
    ), newer AS (
      SELECT id FROM tokens WHERE id = ${id}::uuid
      UNION SELECT t.id FROM tokens t JOIN newer ON t.rotated_from_id = newer.id
    )
    SELECT id FROM tokens WHERE revoked_at IS NULL AND id <> ${id}::uuid
      AND id IN (SELECT id FROM older UNION SELECT id FROM newer)
    ORDER BY id FOR UPDATE`;
  return rows.map((row) => row.id);
}

/** Predecessors and successors that still work beside a token, locked. */
export async function lockRotating(tx: Transaction, row: TokenRow, now: number): Promise<TokenRow[]> {
  let ids: string[] = [];
  // While we waited for one of them it may have been rotated: asked again until nothing has come, since what is locked
  // gets no successor any more.
  for (let before = -1; ids.length > before; ) {
    before = ids.length;
    ids = await lockChain(tx, row.id);
  }
  if (ids.length === 0) return [];
  const rows = await tx.token.findMany({ where: { id: { in: ids } }, select: TOKEN_COLUMNS });
  return rows.filter((each) => !isRevoked(each, now));
}
