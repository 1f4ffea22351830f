import { type Database, Prisma } from "#lib/db/client";
import type { ApplicationFacts } from "./by-application";
import type { SeenOutside } from "./by-ranges";

/** Addresses looked through at most, the last seen first. */
const MOST_ADDRESSES = 20_000;
const MOST_SENDERS = 5_000;
const EXAMPLES = 5;

/** Tokens with the addresses that they came from: sightings of verifiers, and the last use of this API. */
const TOKENS_SEEN = (since: Date) => Prisma.sql`
  SELECT token_id, address, last_seen_at AS at FROM token_sightings WHERE last_seen_at > ${since}
  UNION ALL
  SELECT token_id, last_used_ip, last_used_at FROM token_usage WHERE last_used_at > ${since} AND last_used_ip IS NOT NULL`;

const OTHERS_SEEN = (since: Date) => Prisma.sql`
  SELECT * FROM credential_sightings WHERE last_seen_at > ${since} AND outcome = 'allowed'`;

/** From where anybody came, the last first. @returns `more` where there were too many to look through */
export async function readAddresses(db: Database, since: Date): Promise<{ addresses: string[]; more: boolean }> {
  const rows = await db.$queryRaw<{ address: string }[]>`
    SELECT address FROM (
      SELECT address, at FROM (${TOKENS_SEEN(since)}) AS tokens
      UNION ALL SELECT address, last_seen_at FROM (${OTHERS_SEEN(since)}) AS others
    ) AS seen GROUP BY address ORDER BY max(at) DESC LIMIT ${MOST_ADDRESSES + 1}`;
  const addresses = rows.map(({ address }) => address);
  return { addresses: addresses.slice(0, MOST_ADDRESSES), more: addresses.length > MOST_ADDRESSES };
}

type Tokens = { tokens: number; owners: number; examples: string[] };

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
  if (addresses.length === 0) return { tokens: 0, owners: 0, examples: [], others: [] };
  const at = new Date(now);
  const from = Prisma.sql`address = ANY(${[...addresses]}::text[])`;
  const [tokens] = await db.$queryRaw<Tokens[]>`
    WITH seen AS (
      SELECT t.id, t.owner_id, t.name, u.username, max(s.at) AS at
      FROM (${TOKENS_SEEN(since)}) AS s JOIN tokens t ON t.id = s.token_id JOIN users u ON u.id = t.owner_id
      WHERE s.${from} AND t.revoked_at IS NULL AND t.denied_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${at})
      GROUP BY t.id, u.username
    )
    SELECT count(*)::int AS tokens, count(DISTINCT owner_id)::int AS owners,
      coalesce((array_agg(name || ' of ' || username ORDER BY at DESC))[1:${EXAMPLES}], '{}') AS examples FROM seen`;
  const others = await db.$queryRaw<SeenOutside["others"]>`
    SELECT class, count(DISTINCT address)::int AS addresses,
      count(DISTINCT nullif(claimed_name, ''))::int AS names, array_agg(DISTINCT application_key) AS applications
    FROM (${OTHERS_SEEN(since)}) AS seen WHERE ${from} GROUP BY class ORDER BY class`;
  return { ...(tokens ?? { tokens: 0, owners: 0, examples: [] }), others };
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

/** What came to an application and passed. */
export async function readPassed(db: Database, applicationKey: string, since: Date): Promise<ApplicationFacts> {
  const counts = await db.verificationCount.groupBy({
    by: ["auth"],
    where: { applicationKey, hour: { gt: since }, reason: { in: ["allowed", "let_through"] } },
    _sum: { count: true },
  });
  const senders = await db.credentialSighting.findMany({
    where: { applicationKey, lastSeenAt: { gt: since }, outcome: "allowed" },
    distinct: ["class", "claimedName", "address"],
    orderBy: { lastSeenAt: "desc" },
    take: MOST_SENDERS,
    select: { class: true, claimedName: true, address: true },
  });
  const recognised = await db.$queryRaw<{ rule: string; token: string }[]>`
    SELECT p.rule, coalesce(t.name || ' of ' || u.username, 'tokens that are gone, or too many to keep apart') AS token
    FROM path_sightings p LEFT JOIN tokens t ON t.id::text = p.token_id LEFT JOIN users u ON u.id = t.owner_id
    WHERE p.application_key = ${applicationKey} AND p.auth = 'token' AND p.last_seen_at > ${since}
    ORDER BY p.last_seen_at DESC LIMIT ${MOST_SENDERS}`;
  return { passed: new Map(counts.map(({ auth, _sum }) => [auth, Number(_sum.count ?? 0)])), senders, recognised };
}
