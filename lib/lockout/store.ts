import { type Database, Prisma } from "#lib/db/client";
import { statusCondition } from "#lib/tokens/store-conditions";
import type { SeenOutside } from "./by-ranges";

/** How the recorder calls what there was too much of to keep apart. */
export const LUMPED = "(many)";

/** Addresses looked through at most, the last seen first. */
const MOST_ADDRESSES = 20_000;
/** Tokens that have not ended and whose owner has not left, as the list of tokens says it. */
const LIVING = ["suspended", "pending", "rotating", "expiring", "active"] as const;

/** @param now epoch milliseconds */
export const livingAt = (now: number): Prisma.Sql => statusCondition(LIVING, now);

/** Tokens with the addresses that they came from: sightings of verifiers, and the last use of this API. */
export const TOKENS_SEEN = (since: Date) => Prisma.sql`
  SELECT token_id, address, last_seen_at AS at FROM token_sightings WHERE last_seen_at > ${since}
  UNION ALL
  SELECT token_id, last_used_ip, last_used_at FROM token_usage WHERE last_used_at > ${since} AND last_used_ip IS NOT NULL`;

const OTHERS_SEEN = (since: Date) => Prisma.sql`
  SELECT * FROM credential_sightings WHERE last_seen_at > ${since} AND outcome = 'allowed'`;

/**
 * From where anybody came, the last first.
 * @param most addresses looked through
 * @returns `looked` how many these are where there were more; null where they are all
 */
export async function readAddresses(
  db: Database,
  since: Date,
  most = MOST_ADDRESSES,
): Promise<{ addresses: string[]; looked: number | null }> {
  const rows = await db.$queryRaw<{ address: string }[]>`
    SELECT address FROM (
      SELECT address, at FROM (${TOKENS_SEEN(since)}) AS tokens
      UNION ALL SELECT address, last_seen_at FROM (${OTHERS_SEEN(since)}) AS others
    ) AS seen GROUP BY address ORDER BY max(at) DESC LIMIT ${most + 1}`;
  const addresses = rows.map(({ address }) => address);
  return { addresses: addresses.slice(0, most), looked: addresses.length > most ? most : null };
}

type Tokens = { tokens: number; owners: number };

/**
 * Who came from these addresses: tokens that have not ended, and what is not ours.
 * @param now epoch milliseconds
 */
export async function readSeenFrom(
  db: Database,
  addresses: readonly string[],
  since: Date,
  now: number,
): Promise<SeenOutside> {
  if (addresses.length === 0) return { tokens: 0, owners: 0, others: [] };
  const from = Prisma.sql`address = ANY(${[...addresses]}::text[])`;
  const [tokens] = await db.$queryRaw<Tokens[]>`
    SELECT count(DISTINCT t.id)::int AS tokens, count(DISTINCT t.owner_id)::int AS owners
    FROM (${TOKENS_SEEN(since)}) AS s JOIN tokens t ON t.id = s.token_id
    WHERE s.${from} AND ${livingAt(now)}`;
  const others = await db.$queryRaw<SeenOutside["others"]>`
    SELECT class, count(DISTINCT address)::int AS addresses,
      count(DISTINCT nullif(claimed_name, ''))::int AS names, array_agg(DISTINCT application_key) AS applications
    FROM (${OTHERS_SEEN(since)}) AS seen WHERE ${from} GROUP BY class ORDER BY class`;
  return { ...(tokens ?? { tokens: 0, owners: 0 }), others };
}

/** Where gateways called from, of those that called in that time. */
export const readContacts = (db: Database, since: Date) =>
  db.gatewayContact.findMany({
    where: { lastContactAt: { gt: since } },
    orderBy: { gatewayKey: "asc" },
    select: { gatewayKey: true, lastAddress: true },
  });

/** A gateway's questions, by application. */
export async function readQuestions(db: Database, gatewayKey: string, since: Date): Promise<Map<string, number>> {
  const rows = await db.verificationCount.groupBy({
    by: ["applicationKey"],
    where: { gatewayKey, hour: { gt: since } },
    _sum: { count: true },
  });
  return new Map(rows.map(({ applicationKey, _sum }) => [applicationKey, Number(_sum.count ?? 0)]));
}
