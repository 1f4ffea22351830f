import type { Database, Transaction } from "#lib/db/client";
import type { TokenRow } from "./row";
import { TOKEN_COLUMNS } from "./store";

const bytesOf = (digests: readonly string[]) => digests.map((digest) => new Uint8Array(Buffer.from(digest, "hex")));

/**
 * Writes down which of these secrets are of tokens that may still be used, so that they end although whoever was told to
 * end them should die. One statement that waits for nobody who changes anything, whatever is known.
 * @param digests SHA-256, lower-case hex
 * @param address from where they were reported
 * @param now epoch milliseconds
 * @returns whether any is noted that was not before
 */
export async function noteReport(
  db: Database,
  digests: readonly string[],
  address: string,
  now: number,
): Promise<boolean> {
  const noted = await db.$executeRaw`INSERT INTO leak_reports (digest, address, reported_at)
    SELECT t.digest, ${address}, ${new Date(now)} FROM tokens t WHERE t.digest = ANY (${bytesOf(digests)}) AND t.revoked_at IS NULL
    ON CONFLICT DO NOTHING`;
  return noted > 0;
}

/** Forgets what was noted of these, as the last thing of what ends them: a report of the same waits until then. */
export async function forgetReport(tx: Transaction, digests: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM leak_reports WHERE digest = ANY (${bytesOf(digests)})`;
}

export type Noted = { readonly digest: string; readonly address: string };

/** What was noted before a time and is not done yet, the oldest first, a hundred at most. @param before epoch milliseconds */
export const readNoted = (db: Database, before: number): Promise<Noted[]> => db.$queryRaw`
  SELECT encode(digest, 'hex') AS digest, address FROM leak_reports WHERE reported_at < ${new Date(before)}
  ORDER BY reported_at, digest LIMIT 100`;

/**
 * Reads the tokens that have these secrets and are not revoked, locked, in one order whoever else locks some of them.
 * @param digests SHA-256, lower-case hex
 */
export async function lockByDigest(tx: Transaction, digests: readonly string[]): Promise<readonly TokenRow[]> {
  const where = { digest: { in: bytesOf(digests) }, revokedAt: null };
  const found = await tx.token.findMany({ where, select: { id: true } });
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  await tx.$queryRaw`SELECT id::text FROM tokens WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  return tx.token.findMany({ where: { id: { in: ids } }, select: TOKEN_COLUMNS, orderBy: { id: "asc" } });
}
