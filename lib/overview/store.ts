import { type Database, Prisma } from "#lib/db/client";
import { type Attention, MOST_COUNTED } from "./attention";

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A gateway that calls all day is missed after this time. */
const SILENT_MS = 3 * HOUR_MS;

/** As the index over ends has it. */
const END = Prisma.sql`coalesce(t.expires_at, 'infinity'::timestamptz)`;

/** Of tokens `t`: those that have not ended. */
export const NOT_ENDED = (at: Date) => Prisma.sql`t.revoked_at IS NULL AND t.denied_at IS NULL
  AND (t.expires_at IS NULL OR t.expires_at > ${at}) AND (t.overlap_ends_at IS NULL OR t.overlap_ends_at > ${at})`;
const SERVES = (at: Date) => Prisma.sql`u.deactivated_at IS NULL AND ${NOT_ENDED(at)}`;

/** What is looked for, each with a name to show; the first hundred at most. */
function searches(now: number): Readonly<Record<Attention, Prisma.Sql>> {
  const at = new Date(now);
  const [dayAgo, weekAgo, inWeek, inTwoWeeks] = [-1, -7, 7, 14].map((days) => new Date(now + days * DAY_MS));
  return {
    leaked: Prisma.sql`SELECT t.name FROM tokens t WHERE t.leak_reported_at > ${weekAgo}
      ORDER BY t.leak_reported_at DESC`,
    knocking: Prisma.sql`SELECT t.name FROM token_usage g JOIN tokens t ON t.id = g.token_id
      WHERE g.last_refused_at > ${dayAgo} AND NOT (${NOT_ENDED(at)})
        AND g.last_refused_reason IN ('token_revoked', 'token_expired', 'token_superseded', 'token_denied')`,
    "owners-gone": Prisma.sql`SELECT t.name FROM users u JOIN tokens t ON t.owner_id = u.id
      WHERE u.deactivated_at IS NOT NULL AND ${NOT_ENDED(at)}`,
    "grants-lost": Prisma.sql`SELECT t.name FROM tokens t JOIN users u ON u.id = t.owner_id
      WHERE t.grant_by = 'delegation' AND NOT EXISTS (SELECT 1 FROM delegations d WHERE d.id = t.delegation_id)
        AND ${SERVES(at)}`,
    "waivers-ending": Prisma.sql`SELECT t.name FROM tokens t JOIN users u ON u.id = t.owner_id
      WHERE t.waiver_until > ${at} AND t.waiver_until < ${inTwoWeeks} AND ${SERVES(at)}`,
    "gateways-silent": Prisma.sql`SELECT w.key AS name FROM gateways w JOIN gateway_contacts c ON c.gateway_key = w.key
      WHERE c.last_contact_at < ${new Date(now - SILENT_MS)}`,
    "used-and-ending": Prisma.sql`SELECT t.name FROM tokens t JOIN users u ON u.id = t.owner_id
      JOIN token_usage g ON g.token_id = t.id
      WHERE ${END} > ${at} AND ${END} < ${inWeek} AND t.superseded_at IS NULL
        AND g.last_used_at > ${weekAgo} AND ${SERVES(at)}`,
    "without-factor": Prisma.sql`SELECT DISTINCT u.username AS name FROM role_mappings r
      JOIN memberships m ON m.group_id = r.group_id JOIN users u ON u.id = m.user_id
      WHERE u.kind = 'person' AND u.source = 'local' AND u.deactivated_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id)`,
    unmaintained: Prisma.sql`SELECT u.username AS name FROM users u
      WHERE u.kind = 'service' AND u.deactivated_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM maintainers m WHERE m.account_id = u.id)`,
  };
}

/** Names of what waits, the first hundred at most. */
export async function readWaiting(db: Database, key: Attention, now: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`${searches(now)[key]} LIMIT ${MOST_COUNTED}`;
  return rows.map(({ name }) => name);
}

export type HourCount = { readonly hour: Date; readonly reason: string; readonly count: bigint };

/** Verifications by hour and reason. */
export const readCounts = (db: Database, since: number): Promise<HourCount[]> => db.$queryRaw`
  SELECT hour, reason, sum(count)::bigint AS count FROM verification_counts
  WHERE hour >= ${new Date(since)} GROUP BY hour, reason`;

/** How many tokens have not ended, and how many people were seen with a password in the last thirty days. */
export async function readFigures(db: Database, now: number): Promise<{ tokens: number; passwords: number }> {
  const at = new Date(now);
  const [tokens, passwords] = await Promise.all([
    db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM tokens t WHERE ${NOT_ENDED(at)}`,
    db.$queryRaw<{ n: bigint }[]>`SELECT count(DISTINCT claimed_name) AS n FROM credential_sightings
      WHERE class = 'password' AND last_seen_at > ${new Date(now - 30 * DAY_MS)}`,
  ]);
  return { tokens: Number(tokens[0]?.n ?? 0), passwords: Number(passwords[0]?.n ?? 0) };
}

/** When tokens end within thirty days, and whether they were used today. */
export const readEnds = (
  db: Database,
  now: number,
): Promise<{ hour: Date; count: bigint; used: bigint }[]> => db.$queryRaw`
  SELECT date_trunc('hour', t.expires_at) AS hour, count(*) AS count, count(g.token_id) AS used
  FROM tokens t LEFT JOIN token_usage g ON g.token_id = t.id AND g.last_used_at > ${new Date(now - DAY_MS)}
  WHERE ${END} > ${new Date(now)} AND ${END} < ${new Date(now + 30 * DAY_MS)} AND ${NOT_ENDED(new Date(now))}
  GROUP BY 1`;
