import type { FilterRule } from "#lib/applications/application";
import { type Database, Prisma } from "#lib/db/client";
import { foldName } from "#lib/users/name";
import type { AtRisk } from "./at-risk";
import type { ApplicationFacts, Seen } from "./by-application";
import { EXAMPLES } from "./lockout";
import { LUMPED, livingAt } from "./store";

const NOBODY: Seen = { count: 0, examples: [], lumped: false };
const texts = (values: readonly string[]) => Prisma.sql`${[...values]}::text[]`;

/** Names of other alphabets that are folded here at most. */
const MOST_NAMES = 20_000;

type Senders = { readonly applicationKey: string; readonly since: Date; readonly class: AtRisk["class"] };

const sightingsOf = ({ applicationKey, since, class: each }: Senders) => Prisma.sql`
  application_key = ${applicationKey} AND class = ${each} AND outcome = 'allowed' AND last_seen_at > ${since}`;

/**
 * How senders spelled these folded names. Folded here as everywhere: what the database makes lower depends on its
 * collation, which may know no letter beyond ASCII.
 * @returns `cut`: there were more names of other alphabets than are looked through
 */
async function readSpellings(db: Database, senders: Senders, names: readonly string[]) {
  if (names.length === 0) return { spelled: [], cut: false };
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT claimed_name AS name FROM credential_sightings WHERE ${sightingsOf(senders)}
      AND (lower(claimed_name COLLATE "C") = ANY(${texts(names)}) OR octet_length(claimed_name) > length(claimed_name))
    LIMIT ${MOST_NAMES + 1}`;
  const wanted = new Set(names);
  const spelled = rows.map(({ name }) => name).filter((name) => wanted.has(foldName(name)));
  return { spelled, cut: rows.length > MOST_NAMES };
}

/** Counts in the database, so that one class, or one noisy application, crowds out nothing and costs no memory here. */
async function readSenders(db: Database, senders: Senders, { only, except }: AtRisk): Promise<Seen> {
  const wanted = await readSpellings(db, senders, only ?? []);
  const spared = await readSpellings(db, senders, except);
  const named = only === null ? Prisma.sql`true` : Prisma.sql`claimed_name = ANY(${texts(wanted.spelled)})`;
  const [seen] = await db.$queryRaw<Seen[]>`
    WITH senders AS (
      SELECT coalesce(nullif(claimed_name, ''), address) AS who, max(last_seen_at) AS at FROM credential_sightings
      WHERE ${sightingsOf(senders)}
        AND (claimed_name = ${LUMPED} OR (${named} AND claimed_name <> ALL(${texts(spared.spelled)})))
      GROUP BY 1
    )
    SELECT count(*) FILTER (WHERE who <> ${LUMPED})::int AS count, coalesce(bool_or(who = ${LUMPED}), false) AS lumped,
      ARRAY(SELECT who FROM senders WHERE who <> ${LUMPED} ORDER BY at DESC, who LIMIT ${EXAMPLES}) AS examples
    FROM senders`;
  return seen === undefined ? NOBODY : { ...seen, lumped: seen.lumped || wanted.cut || spared.cut };
}

type Recognised = { since: Date; now: number; rules: readonly FilterRule[] };

async function readRecognised(db: Database, applicationKey: string, { since, now, rules }: Recognised): Promise<Seen> {
  if (rules.length === 0) return NOBODY;
  const [seen] = await db.$queryRaw<Seen[]>`
    WITH seen AS (
      SELECT token_id, max(last_seen_at) AS at FROM path_sightings
      WHERE application_key = ${applicationKey} AND rule = ANY(${texts(rules)}) AND auth = 'token'
        AND last_seen_at > ${since}
      GROUP BY token_id
    ), living AS (
      SELECT t.name || ' of ' || u.username AS who, s.at FROM seen s
      JOIN tokens t ON t.id = CASE WHEN s.token_id <> ${LUMPED} THEN s.token_id::uuid END
      JOIN users u ON u.id = t.owner_id WHERE ${livingAt(now)}
    )
    SELECT (SELECT count(*) FROM living)::int AS count,
      EXISTS (SELECT 1 FROM seen WHERE token_id = ${LUMPED}) AS lumped,
      ARRAY(SELECT who FROM living ORDER BY at DESC, who LIMIT ${EXAMPLES}) AS examples`;
  return seen ?? NOBODY;
}

type AtStake = Recognised & { risks: readonly AtRisk[] };

/**
 * What came to an application and passed, of what a change puts at risk.
 * @param stake `now` epoch milliseconds
 */
export async function readPassed(db: Database, applicationKey: string, stake: AtStake): Promise<ApplicationFacts> {
  const counts = await db.verificationCount.groupBy({
    by: ["auth"],
    where: { applicationKey, hour: { gt: stake.since }, reason: { in: ["allowed", "let_through"] } },
    _sum: { count: true },
  });
  const senders = new Map<string, Seen>();
  for (const risk of stake.risks) {
    const which = { applicationKey, since: stake.since, class: risk.class };
    senders.set(risk.class, await readSenders(db, which, risk));
  }
  const passed = new Map(counts.map(({ auth, _sum }) => [auth, Number(_sum.count ?? 0)]));
  return { passed, senders, recognised: await readRecognised(db, applicationKey, stake) };
}
