import type { Transaction } from "#lib/db/client";
import { isRevoked } from "./acting/acts";
import type { TokenRow } from "./row";
import { TOKEN_COLUMNS } from "./store";

type Link = { readonly root: string; readonly id: string };

/** Locks the predecessors and successors of tokens that are not revoked, in one order. `root`: whose they are. */
async function lockChains(tx: Transaction, ids: readonly string[]): Promise<Link[]> {
  return tx.$queryRaw<Link[]>`
    WITH RECURSIVE older AS (
      SELECT id AS root, id, rotated_from_id FROM tokens WHERE id = ANY (${[...ids]}::uuid[])
      UNION SELECT older.root, t.id, t.rotated_from_id FROM tokens t JOIN older ON t.id = older.rotated_from_id
    ), newer AS (
      SELECT id AS root, id FROM tokens WHERE id = ANY (${[...ids]}::uuid[])
      UNION SELECT newer.root, t.id FROM tokens t JOIN newer ON t.rotated_from_id = newer.id
    ), chain AS MATERIALIZED (SELECT root, id FROM older UNION SELECT root, id FROM newer)
    SELECT chain.root::text, t.id::text FROM tokens t JOIN chain ON chain.id = t.id
    WHERE t.revoked_at IS NULL AND t.id <> chain.root ORDER BY t.id FOR UPDATE OF t`;
}

/**
 * Predecessors and successors that still work beside each of these tokens, locked.
 * @param now epoch milliseconds
 * @returns by the id of the token; one that stands alone is not in it
 */
export async function lockRotatingBeside(
  tx: Transaction,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, readonly TokenRow[]>> {
  let links: Link[] = [];
  // While we waited for one of them it may have been rotated: asked again until nothing has come, since what is locked
  // gets no successor any more.
  for (let before = -1; links.length > before; ) {
    before = links.length;
    links = await lockChains(tx, ids);
  }
  const beside = new Map<string, TokenRow[]>();
  if (links.length === 0) return beside;
  const wanted = [...new Set(links.map(({ id }) => id))];
  const rows = await tx.token.findMany({ where: { id: { in: wanted } }, select: TOKEN_COLUMNS });
  const living = new Map(rows.filter((each) => !isRevoked(each, now)).map((each) => [each.id, each]));
  for (const { root, id } of links) {
    const row = living.get(id);
    if (row !== undefined) beside.set(root, [...(beside.get(root) ?? []), row]);
  }
  return beside;
}

/** The same for one token. */
export async function lockRotating(tx: Transaction, { id }: TokenRow, now: number): Promise<readonly TokenRow[]> {
  return (await lockRotatingBeside(tx, [id], now)).get(id) ?? [];
}
