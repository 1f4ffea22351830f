import { type Database, Prisma, type Transaction } from "#lib/db/client";
import type { TokenFilter, TokenOrder } from "./search/filter";
import { asksForUsage, type Bounded, boundsOf, conditionsOf, knocks, textConditions } from "./store-conditions";
import { keyFrom, ORDERS, OWNER, USAGE } from "./store-orders";

type Sql = Prisma.Sql;

/** Up to so many matches are counted, and sorted rather than walked to. */
export const COUNTED = 10_000;
/** How far an index is walked before the matches are collected instead: where one of a hundred matches, five pages. */
const WALKED = 25_000;

/** Where a page begins, and how long it is. `from` is a key as text with the id of its token. */
export type TokenSeek = {
  readonly order: TokenOrder;
  readonly descending: boolean;
  readonly from: { readonly key: string; readonly id: string } | null;
  readonly take: number;
};

export type FoundToken = { readonly id: string; readonly key: string };

/** Which tokens a search is about: those that the viewer may see, and of them those that the filter asks for. */
export type TokenSearch = { readonly scope: Sql; readonly filter: TokenFilter; readonly now: number };

/** Both ways to find free text; none to look for is found everywhere. */
const textsOf = ({ q }: TokenFilter): readonly Sql[] =>
  q === undefined || q === "" ? [Prisma.sql`true`] : textConditions(q);

/**
 * All that match, by whichever indexes find them: with free text two searches, each with an index of its own.
 * @param columns what is wanted of each
 * @param most of each search, where that is enough
 */
function matches(
  { scope, filter, now }: TokenSearch,
  columns: Sql,
  needs: "usage" | "owner" | "nothing",
  most?: number,
) {
  const usage = needs === "usage" || asksForUsage(filter) ? USAGE : Prisma.empty;
  const owner = needs === "owner" ? OWNER : Prisma.empty;
  const limit = most === undefined ? Prisma.empty : Prisma.sql`LIMIT ${most}`;
  const searches = textsOf(filter).map(
    (text) =>
      Prisma.sql`(SELECT ${columns} FROM tokens t ${usage} ${owner}
        WHERE ${conditionsOf(filter, now)} AND ${text} AND ${scope} ${limit})`,
  );
  return Prisma.join(searches, " UNION ");
}

/**
 * How many tokens match.
 * @returns at most COUNTED + 1, which means *more than COUNTED*: an exact count of a million takes too long for a page
 */
export async function countTokens(db: Database, search: TokenSearch): Promise<number> {
  const found = matches(search, Prisma.sql`t.id`, "nothing", COUNTED + 1);
  const rows = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM (${found}) AS counted`;
  return Math.min(Number(rows[0]?.count ?? 0), COUNTED + 1);
}

/** The ids of all that match, in their order. @param most how many at most */
export async function findAllIds(db: Database | Transaction, search: TokenSearch, most: number): Promise<string[]> {
  const found = matches(search, Prisma.sql`t.id`, "nothing", most);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM (${found}) AS found ORDER BY id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** The part of an order beyond where a page begins. The first half is what an index of one table understands. */
function beyond({ order, from, descending }: TokenSeek, key: Sql, id: Sql): Sql {
  if (from === null) return Prisma.sql`true`;
  const side = descending ? Prisma.sql`<` : Prisma.sql`>`;
  const value = keyFrom(ORDERS[order], from.key);
  return Prisma.sql`${key} ${side}= ${value} AND (${key}, ${id}) ${side} (${value}, ${from.id}::uuid)`;
}

const directionOf = ({ descending }: TokenSeek): Sql => (descending ? Prisma.sql`DESC` : Prisma.sql`ASC`);

/** Collects what matches and sorts it: quick while few match. */
function collect(search: TokenSearch, seek: TokenSeek): Sql {
  const { key, needs } = ORDERS[seek.order];
  const direction = directionOf(seek);
  return Prisma.sql`
    WITH found AS MATERIALIZED (${matches(search, Prisma.sql`t.id AS id, ${key} AS key`, needs)})
    SELECT id::text, key::text FROM found WHERE ${beyond(seek, Prisma.sql`key`, Prisma.sql`id`)}
    ORDER BY key ${direction}, id ${direction} LIMIT ${seek.take}`;
}

/** The next stretch of an order, whatever matches in it. */
function stretch({ filter, now }: TokenSearch, seek: TokenSeek, columns: Sql, cut: Sql): Sql {
  const { key, walk } = ORDERS[seek.order];
  const direction = directionOf(seek);
  const bounds: Partial<Record<TokenOrder, Sql>> = boundsOf(filter, now) satisfies Record<Bounded, Sql>;
  return Prisma.sql`
    SELECT ${columns} FROM ${walk.from}
    WHERE ${bounds[seek.order] ?? Prisma.sql`true`} AND ${beyond(seek, key, walk.id)}
    ORDER BY ${key} ${direction}, ${walk.id} ${direction} ${cut}`;
}

/**
 * Walks the order's index until the page is full, at most `reach` tokens far: quick while many match and they are not
 * all at its other end. `OFFSET 0` keeps the planner from turning the walk into a join of everything.
 */
export function walk(search: TokenSearch, seek: TokenSeek, reach: number = WALKED): Sql {
  const { scope, filter, now } = search;
  const { key, walk } = ORDERS[seek.order];
  const text = Prisma.sql`(${Prisma.join([...textsOf(filter)], " OR ")})`;
  const usage = Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM token_usage WHERE token_id = w.id OFFSET 0) u`;
  const columns = Prisma.sql`${walk.id} AS id, ${key} AS key`;
  return Prisma.sql`
    SELECT w.id::text, w.key::text FROM (${stretch(search, seek, columns, Prisma.sql`LIMIT ${reach}`)}) w
    CROSS JOIN LATERAL (SELECT * FROM tokens WHERE id = w.id OFFSET 0) t ${asksForUsage(filter) ? usage : Prisma.empty}
    WHERE ${conditionsOf(filter, now)} AND ${text} AND ${scope}
    ORDER BY w.key ${directionOf(seek)}, w.id ${directionOf(seek)} LIMIT ${seek.take}`;
}

/** Whether an order goes on beyond what a walk has seen of it. */
async function goesOn(db: Database, search: TokenSearch, seek: TokenSeek, reach: number): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(stretch(search, seek, Prisma.sql`1`, Prisma.sql`OFFSET ${reach} LIMIT 1`));
  return rows.length > 0;
}

/**
 * One page of the ids that match, in their order. Few matches are collected and sorted; of many the order's index is
 * walked, and where they lie further on than a walk goes, they are collected after all. Either way alone takes seconds
 * for some filter over a million tokens; how far a walk goes depends on no clock.
 * @param count what countTokens said
 * @param reach how far to walk at most
 */
export async function findTokenIds(
  db: Database,
  search: TokenSearch,
  seek: TokenSeek,
  count: number,
  reach: number = WALKED,
): Promise<FoundToken[]> {
  if (count > COUNTED) {
    const walked = await db.$queryRaw<FoundToken[]>(walk(search, seek, reach));
    if (walked.length === seek.take || !(await goesOn(db, search, seek, reach))) return walked;
  }
  return db.$queryRaw<FoundToken[]>(collect(search, seek));
}

/** Which of these tokens have ended and were refused since. @param now epoch milliseconds */
export async function knockingAmong(db: Database, ids: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id::text FROM tokens t ${USAGE} WHERE t.id = ANY (${[...ids]}::uuid[]) AND ${knocks(true, now)}`;
  return new Set(rows.map(({ id }) => id));
}
