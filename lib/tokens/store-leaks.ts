import type { Transaction } from "#lib/db/client";
import type { TokenRow } from "./row";
import { TOKEN_COLUMNS } from "./store";

/**
 * Reads the tokens that have these secrets and are not revoked, locked, in one order whoever else locks some of them.
 * @param digests SHA-256, lower-case hex
 */
export async function lockByDigest(tx: Transaction, digests: readonly string[]): Promise<readonly TokenRow[]> {
  const wanted = digests.map((digest) => new Uint8Array(Buffer.from(digest, "hex")));
  const where = { digest: { in: wanted }, revokedAt: null };
  const found = await tx.token.findMany({ where, select: { id: true } });
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  await tx.$queryRaw`SELECT id::text FROM tokens WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  return tx.token.findMany({ where: { id: { in: ids } }, select: TOKEN_COLUMNS, orderBy: { id: "asc" } });
}
