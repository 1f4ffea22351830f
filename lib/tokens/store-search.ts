import { Prisma } from "#lib/db/client";
import type { TokenFilter, TokenOrder } from "./search/filter";
import {
  asksForUsage,
  type Bounded,
  boundsOf,
  conditionsOf,
  PLACES,
  type Place,
  remembered,
  statusCondition,
  textConditions,
} from "./store-conditions";
import { keyFrom, ORDERS, OWNER, USAGE } from "./store-orders";

type Sql = Prisma.Sql;

/** What is asked; a whole database, or what looks at the questions on the way. */
export type Asked = {
  readonly $queryRaw: <T = unknown>(query: TemplateStringsArray | Sql, ...values: readonly unknown[]) => PromiseLike<T>;
};

/** Up to so many matches are counted, and sorted rather than walked to. */
export const COUNTED = 10_000;
/**
 * How far an index is walked before the matches are collected instead, in stages: most pages are full after the first, and
 * of a long stage the planner would rather sort everything. In all so far that one match of two thousand fills a page.
 */
const WALKED = [25_000, 75_000] as const;

/** Up to how many matches are collected, and how far is walked to more of them. */
export type Ways = { readonly collected: number; readonly stages: readonly number[] };
const WAYS: Ways = { collected: COUNTED, stages: WALKED };

/** Where a page begins, and how long it is. `from` is a key as text with the id of its token. */
export type TokenSeek = {
  readonly order: TokenOrder;
  readonly descending: boolean;
  readonly from: { readonly key: string; readonly id: string } | null;
  readonly take: number;
};

export type FoundToken = { readonly id: string; readonly key: string };

/**
 * Which tokens a search is about: those that the viewer may see, and of them those that the filter asks for.
 * `place`: where its text must stand; in either place where nothing is said.
 */
export type TokenSearch = {
  readonly scope: Sql;
  readonly filter: TokenFilter;
  readonly now: number;
  readonly place?: Place;
};

const seeksText = ({ filter: { q }, place }: TokenSearch): boolean =>
  q !== undefined && q !== "" && place === undefined;

/** The ways to find free text, that of owners first; none to look for is found everywhere. */
function textsOf({ filter: { q }, place }: TokenSearch): readonly Sql[] {
  if (q === undefined || q === "") return [Prisma.sql`true`];
  const by = textConditions(q);
  return place === undefined ? PLACES.map((each) => by[each]) : [by[place]];
}

/**
 * All that match, by whichever indexes find them: with free text two searches, each with an index of its own.
 * @param columns what is wanted of each
 * @param most of each search, where that is enough
 */
function matches(search: TokenSearch, columns: Sql, needs: "usage" | "owner" | "nothing", most?: number): Sql {
  const { scope, filter, now } = search;
  const usage = needs === "usage" || asksForUsage(filter) ? USAGE : Prisma.empty;
  const owner = needs === "owner" ? OWNER : Prisma.empty;
  const limit = most === undefined ? Prisma.empty : Prisma.sql`LIMIT ${most}`;
  const searches = textsOf(search).map(
    (text) =>
      Prisma.sql`(SELECT ${columns} FROM tokens t ${usage} ${owner}
        WHERE ${conditionsOf(filter, now)} AND ${text} AND ${scope} ${limit})`,
  );
  return Prisma.join(searches, " UNION ");
}

/** How many match: at most COUNTED + 1, which means *more than COUNTED*; of free text in each place where that is known. */
export type Counted = { readonly total: number } & { readonly [place in Place]?: number };

async function countOf(db: Asked, found: Sql): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM (${found}) AS counted`;
  return Math.min(Number(rows[0]?.count ?? 0), COUNTED + 1);
}

/** How many tokens match. No exact count: that of a million takes too long for a page. */
export async function countTokens(db: Asked, search: TokenSearch): Promise<Counted> {
  const count = (some: TokenSearch) => countOf(db, matches(some, Prisma.sql`t.id`, "nothing", COUNTED + 1));
  if (!seeksText(search)) return { total: await count(search) };
  // What stands in the names of owners is found quickly, and often enough to know that there are more than are counted.
  const owner = await count({ ...search, place: "owner" });
  if (owner > COUNTED) return { total: owner, owner };
  const token = await count({ ...search, place: "token" });
  return { total: token > COUNTED ? token : await count(search), owner, token };
}

/** The ids of all that match, in their order. @param most how many at most */
export async function findAllIds(db: Asked, search: TokenSearch, most: number): Promise<string[]> {
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

/** What the index of an order can tell of a token, without looking at it. */
function toldByIndex({ filter, now, place }: TokenSearch, order: TokenOrder): Sql {
  const { q, status } = filter;
  const bounds = boundsOf(filter, now);
  if (order === "expiresAt") return bounds.createdAt;
  const told = Prisma.sql`${bounds.expiresAt} AND ${statusCondition(status, now)}`;
  const living = order === "createdAt" ? told : Prisma.sql`true`;
  if (place !== "owner" || q === undefined) return living;
  const { owner, owners } = textConditions(q);
  if (order === "owner") return Prisma.sql`o.id IN ${owners}`;
  return order === "createdAt" || order === "createdBy" ? Prisma.sql`${living} AND ${owner}` : living;
}

/** The next stretch of an order, whatever else matches in it. */
function stretch(search: TokenSearch, seek: TokenSeek, columns: Sql, cut: Sql): Sql {
  const { filter, now } = search;
  const { key, walk } = ORDERS[seek.order];
  const direction = directionOf(seek);
  // Every index has the id. IS TRUE keeps it a question to each, instead of a join that would have to be sorted.
  const known = filter.breaksPolicy === true ? Prisma.sql`(${remembered(walk.id)} IS TRUE)` : Prisma.sql`true`;
  const bounds: Partial<Record<TokenOrder, Sql>> = boundsOf(filter, now) satisfies Record<Bounded, Sql>;
  return Prisma.sql`
    SELECT ${columns} FROM ${walk.from}
    WHERE ${bounds[seek.order] ?? Prisma.sql`true`} AND ${toldByIndex(search, seek.order)} AND ${known}
      AND ${beyond(seek, key, walk.id)}
    ORDER BY ${key} ${direction}, ${walk.id} ${direction} ${cut}`;
}

/**
 * Walks the order's index until the page is full, at most `reach` tokens far: quick while many match and they are not
 * all at its other end. `OFFSET 0` keeps the planner from turning the walk into a join of everything.
 */
export function walk(search: TokenSearch, seek: TokenSeek, reach: number = WALKED[0]): Sql {
  const { scope, filter, now, place } = search;
  const { key, walk, needs } = ORDERS[seek.order];
  const direction = directionOf(seek);
  const text = Prisma.sql`(${Prisma.join([...textsOf(search)], " OR ")})`;
  // Of text in the token itself no index of an order tells anything: read along with it, it takes half as long.
  const along = place === "token" && needs !== "usage";
  const columns = along ? Prisma.sql`t.*, ${key} AS key` : Prisma.sql`${walk.id} AS id, ${key} AS key`;
  const walked = Prisma.sql`(${stretch(search, seek, columns, Prisma.sql`LIMIT ${reach}`)})`;
  const usage = Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM token_usage WHERE token_id = w.id OFFSET 0) u`;
  const from = along
    ? Prisma.sql`${walked} t CROSS JOIN LATERAL (SELECT t.id, t.key) w`
    : Prisma.sql`${walked} w CROSS JOIN LATERAL (SELECT * FROM tokens WHERE id = w.id OFFSET 0) t`;
  return Prisma.sql`
    SELECT w.id::text, w.key::text FROM ${from} ${asksForUsage(filter) ? usage : Prisma.empty}
    WHERE ${conditionsOf(filter, now)} AND ${text} AND ${scope}
    ORDER BY w.key ${direction}, w.id ${direction} LIMIT ${seek.take}`;
}

/** The last that a walk has seen of an order; null where the order ends before. */
async function lastSeen(db: Asked, search: TokenSearch, seek: TokenSeek, reach: number): Promise<FoundToken | null> {
  const { key, walk } = ORDERS[seek.order];
  const columns = Prisma.sql`${walk.id}::text AS id, (${key})::text AS key`;
  const [row] = await db.$queryRaw<FoundToken[]>(
    stretch(search, seek, columns, Prisma.sql`OFFSET ${reach - 1} LIMIT 1`),
  );
  return row ?? null;
}

/** The first of some tokens in an order; one that is named twice is there once. */
function inOrder(seek: TokenSeek, ids: readonly string[]): Sql {
  const { key, needs } = ORDERS[seek.order];
  const [usage, owner] = [needs === "usage" ? USAGE : Prisma.empty, needs === "owner" ? OWNER : Prisma.empty];
  const direction = directionOf(seek);
  return Prisma.sql`
    SELECT t.id::text, (${key})::text AS key FROM tokens t ${usage} ${owner} WHERE t.id = ANY (${[...ids]}::uuid[])
    ORDER BY ${key} ${direction}, t.id ${direction} LIMIT ${seek.take}`;
}

/** A page of what has the text in one place, and a page of what has it in the other: the page is the first of both. */
async function findInPlaces(db: Asked, search: TokenSearch, seek: TokenSeek, counted: Counted, ways: Ways) {
  const found = await Promise.all(
    PLACES.map(async (place) => {
      const there = { ...search, place };
      const known = counted[place];
      const count = known === undefined ? await countTokens(db, there) : { total: known };
      return findTokenIds(db, there, seek, count, ways);
    }),
  );
  const ids = found.flat().map(({ id }) => id);
  return db.$queryRaw<FoundToken[]>(inOrder(seek, ids));
}

/**
 * One page of the ids that match, in their order. Few matches are collected and sorted; of many the order's index is
 * walked, and where they lie further on than a walk goes, they are collected after all. Either way alone takes seconds
 * for some filter over a million tokens; how far a walk goes depends on no clock.
 * @param counted what countTokens said
 * @param ways up to how many are collected, and how far is walked, stage by stage
 */
export async function findTokenIds(
  db: Asked,
  search: TokenSearch,
  seek: TokenSeek,
  counted: Counted,
  ways: Ways = WAYS,
): Promise<FoundToken[]> {
  if (counted.total <= ways.collected) return db.$queryRaw<FoundToken[]>(collect(search, seek));
  if (seeksText(search)) return findInPlaces(db, search, seek, counted, ways);
  const page: FoundToken[] = [];
  let from = seek.from;
  for (const reach of ways.stages) {
    const next = { ...seek, from, take: seek.take - page.length };
    page.push(...(await db.$queryRaw<FoundToken[]>(walk(search, next, reach))));
    if (page.length === seek.take) return page;
    from = await lastSeen(db, search, next, reach);
    if (from === null) return page;
  }
  return db.$queryRaw<FoundToken[]>(collect(search, seek));
}
