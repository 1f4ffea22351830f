import type { Viewer } from "#lib/access/viewer";
import type { Database, Transaction } from "#lib/db/client";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { standingOf } from "./acting/standing";
import type { Many, OneOfMany } from "./bulk/plan";
import { holderOf, type TokenRow } from "./row";
import { TOKEN_COLUMNS, visibleTokens } from "./store";
import { lockRotatingBeside } from "./store-chain";
import { maintainedAmong } from "./store-offered";

type Read = { readonly rows: readonly TokenRow[]; readonly beside: ReadonlyMap<string, readonly TokenRow[]> };

async function many(
  db: Database | Transaction,
  viewer: Viewer,
  ids: readonly string[],
  { rows, beside }: Read,
): Promise<Many> {
  const rules = await readInstallationFacts(db);
  const services = rows.flatMap(({ owner }) => (owner.kind === "service" ? [owner.id] : []));
  const maintained = await maintainedAmong(db, viewer, services);
  const found = new Map<string, OneOfMany>();
  for (const row of rows) {
    const owner = holderOf(row.owner);
    const standing = standingOf(viewer, owner, maintained.has(owner.id), rules);
    found.set(row.id, { row, owner, standing, beside: (beside.get(row.id) ?? []).map(({ id }) => id) });
  }
  const all = [...[...beside.values()].flat(), ...rows];
  return { viewer, rules, ids, found, rows: new Map(all.map((row) => [row.id, row])) };
}

const visibleAmong = async (db: Database | Transaction, viewer: Viewer, ids: readonly string[]) => ({
  AND: [await visibleTokens(db, viewer), { id: { in: [...ids] } }],
});

/** Some tokens as they are now, to say what would become of them. What the viewer may not see is not found. */
export async function readMany(db: Database, viewer: Viewer, ids: readonly string[]): Promise<Many> {
  const rows = await db.token.findMany({ where: await visibleAmong(db, viewer, ids), select: TOKEN_COLUMNS });
  return many(db, viewer, ids, { rows, beside: new Map() });
}

/**
 * The same, locked with what works beside them, in one order, until the transaction ends.
 * @param now epoch milliseconds
 */
export async function lockMany(tx: Transaction, viewer: Viewer, ids: readonly string[], now: number): Promise<Many> {
  const where = await visibleAmong(tx, viewer, ids);
  const seen = (await tx.token.findMany({ where, select: { id: true } })).map(({ id }) => id);
  await tx.$queryRaw`SELECT id FROM tokens WHERE id = ANY (${seen}::uuid[]) ORDER BY id FOR UPDATE`;
  const beside = await lockRotatingBeside(tx, seen, now);
  const rows = await tx.token.findMany({ where, select: TOKEN_COLUMNS });
  return many(tx, viewer, ids, { rows, beside });
}
