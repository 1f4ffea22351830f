import type { Client } from "pg";
import { isRepeatable } from "#lib/db/failure";
import { type Periods, REFUSAL_DAYS } from "./periods";

/** Pages of a table (8 KB) in one statement: a few thousand rows at most, however many have aged. */
const PAGES = 128;
/** After each statement it rests four times as long as that took: a fifth of one connection is all it uses. */
const REST = 4;
const LEAST_REST_MS = 20;
/** Advisory lock: one portal at a time. */
const RETAINING = 7_200_007;

type Aging = { readonly table: string; readonly column: string; readonly days: (periods: Periods) => number };

/** What ages, by which time. Last uses of tokens do not: whoever asks which tokens nobody needs looks at them. */
const AGING: readonly Aging[] = [
  { table: "refusals", column: "at", days: () => REFUSAL_DAYS },
  { table: "token_usage_hours", column: "hour", days: ({ usageDays }) => usageDays },
  { table: "verification_counts", column: "hour", days: ({ usageDays }) => usageDays },
  { table: "token_sightings", column: "last_seen_at", days: ({ sightingsDays }) => sightingsDays },
  { table: "credential_sightings", column: "last_seen_at", days: ({ sightingsDays }) => sightingsDays },
  { table: "path_sightings", column: "last_seen_at", days: ({ sightingsDays }) => sightingsDays },
];

/**
 * Deletes what is older than its period, by the database's clock: page after page of each table, so that no statement
 * is long, none holds a lock for long, and no index is needed that every write would have to keep. Rows that somebody
 * holds are left for the next time.
 * @param client a connection as the role `latchkey_retention`
 * @param rest waits so many milliseconds; false: no more is to be done
 * @returns how many rows of each table went; null: another portal is at it
 */
export async function deleteAged(
  client: Client,
  periods: Periods,
  rest: (ms: number) => Promise<boolean>,
): Promise<Readonly<Record<string, number>> | null> {
  const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [RETAINING]);
  if (rows[0]?.got !== true) return null;
  const deleted: Record<string, number> = {};
  for (const aging of AGING) {
    const pages = await pagesOf(client, aging.table);
    for (let page = 0; page < pages; page += PAGES) {
      const began = performance.now();
      const count = await deleteIn(client, aging, periods, page);
      if (count > 0) deleted[aging.table] = (deleted[aging.table] ?? 0) + count;
      if (!(await rest(Math.max(LEAST_REST_MS, REST * (performance.now() - began))))) return deleted;
    }
  }
  return deleted;
}

async function pagesOf(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ pages: number }>(
    "SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::float8 AS pages",
    [table],
  );
  return rows[0]?.pages ?? 0;
}

async function deleteIn(client: Client, { table, column, days }: Aging, periods: Periods, page: number) {
  const text = `DELETE FROM ${table} WHERE ctid >= $1::tid AND ctid < $2::tid
    AND ${column} < now() - make_interval(days => $3::int)`;
  try {
    const { rowCount } = await client.query(text, [`(${page},0)`, `(${page + PAGES},0)`, days(periods)]);
    return rowCount ?? 0;
  } catch (error) {
    if (isRepeatable(error)) return 0;
    throw error;
  }
}
