import { type Database, Prisma } from "#lib/db/client";
import { MOST_COUNTED } from "./attention";
import type { OwnAttention } from "./own";
import { DAY_MS, NOT_ENDED } from "./store";

/** What is looked for among tokens `t` with their use `g`, and which comes first. */
function searches(now: number): Readonly<Record<OwnAttention, readonly [where: Prisma.Sql, first: Prisma.Sql]>> {
  const [at, dayAgo, weekAgo, monthAgo, inTwoWeeks] = [0, -1, -7, -30, 14].map((days) => new Date(now + days * DAY_MS));
  const lives = NOT_ENDED(new Date(now));
  return {
    leaked: [Prisma.sql`t.leak_reported_at > ${monthAgo}`, Prisma.sql`t.leak_reported_at DESC`],
    refused: [
      Prisma.sql`${lives} AND g.last_refused_at > ${dayAgo}
        AND (g.last_used_at IS NULL OR g.last_refused_at > g.last_used_at)`,
      Prisma.sql`g.last_refused_at DESC`,
    ],
    rotated: [Prisma.sql`t.rotated_itself_at > ${weekAgo}`, Prisma.sql`t.rotated_itself_at DESC`],
    ending: [
      Prisma.sql`${lives} AND t.expires_at < ${inTwoWeeks} AND t.superseded_at IS NULL AND t.secret_born_at IS NOT NULL`,
      Prisma.sql`t.expires_at`,
    ],
    knocking: [
      Prisma.sql`NOT (${lives}) AND g.last_refused_at > ${dayAgo}
        AND g.last_refused_reason IN ('token_revoked', 'token_expired', 'token_superseded', 'token_denied')`,
      Prisma.sql`g.last_refused_at DESC`,
    ],
    waived: [
      Prisma.sql`${lives} AND t.waiver_until > ${at} AND t.waiver_until < ${inTwoWeeks}`,
      Prisma.sql`t.waiver_until`,
    ],
    pending: [Prisma.sql`${lives} AND t.secret_born_at IS NULL`, Prisma.sql`t.created_at DESC`],
    unused: [
      Prisma.sql`${lives} AND t.secret_born_at < ${monthAgo} AND g.last_used_at IS NULL AND t.superseded_at IS NULL`,
      Prisma.sql`t.secret_born_at`,
    ],
  };
}

/** Whose tokens somebody is told about: what a secret of an account does that nobody signs in to, its maintainers hear. */
type Reader = { readonly userId: string; readonly groupIds: readonly string[] };

const OF_MAINTAINED: ReadonlySet<OwnAttention> = new Set(["leaked", "rotated"]);

function held({ userId, groupIds }: Reader, key: OwnAttention): Prisma.Sql {
  const own = Prisma.sql`t.owner_id = ${userId}::uuid`;
  if (!OF_MAINTAINED.has(key)) return own;
  return Prisma.sql`(${own} OR EXISTS (SELECT 1 FROM maintainers m WHERE m.account_id = t.owner_id
    AND (m.user_id = ${userId}::uuid OR m.group_id = ANY (${[...groupIds]}::uuid[]))))`;
}

/** Tokens of one owner that wait for them, the first hundred at most. @param now epoch milliseconds */
export function readOwnWaiting(
  db: Database,
  reader: Reader,
  key: OwnAttention,
  now: number,
): Promise<{ id: string; name: string }[]> {
  const [where, first] = searches(now)[key];
  return db.$queryRaw`SELECT t.id, t.name FROM tokens t JOIN token_usage g ON g.token_id = t.id
    WHERE ${held(reader, key)} AND (${where}) ORDER BY ${first}, t.id LIMIT ${MOST_COUNTED}`;
}

/** How many tokens of one owner have not ended. */
export async function countOwn(db: Database, ownerId: string, now: number): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM tokens t WHERE t.owner_id = ${ownerId}::uuid AND ${NOT_ENDED(new Date(now))}`;
  return rows[0]?.n ?? 0;
}

export type OwnHour = { readonly hour: Date; readonly allowed: bigint; readonly refused: bigint };

/** Calls with one owner's tokens, ended ones too, by hour. */
export const readOwnHours = (db: Database, ownerId: string, since: number): Promise<OwnHour[]> => db.$queryRaw`
  SELECT h.hour, sum(h.allowed)::bigint AS allowed, sum(h.refused)::bigint AS refused
  FROM tokens t JOIN token_usage_hours h ON h.token_id = t.id
  WHERE t.owner_id = ${ownerId}::uuid AND h.hour >= ${new Date(since)} GROUP BY h.hour`;
