import type { Database, Transaction } from "#lib/db/client";
import { DAY_MS } from "./status";
import { knocks } from "./store-conditions";
import { USAGE } from "./store-orders";

/**
 * How often tokens were used lately, allowed and refused together.
 * @param now epoch milliseconds
 * @returns calls by id; what was not used is not in it
 */
export async function callsOf(
  db: Database | Transaction,
  ids: readonly string[],
  now: number,
  days = 30,
): Promise<ReadonlyMap<string, number>> {
  const sums = await db.tokenUsageHour.groupBy({
    by: ["tokenId"],
    where: { tokenId: { in: [...ids] }, hour: { gte: new Date(now - days * DAY_MS) } },
    _sum: { allowed: true, refused: true },
  });
  return new Map(sums.map(({ tokenId, _sum }) => [tokenId, Number((_sum.allowed ?? 0n) + (_sum.refused ?? 0n))]));
}

/** Which of these tokens have ended and were refused since. @param now epoch milliseconds */
export async function knockingAmong(db: Database, ids: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id::text FROM tokens t ${USAGE} WHERE t.id = ANY (${[...ids]}::uuid[]) AND ${knocks(true, now)}`;
  return new Set(rows.map(({ id }) => id));
}
