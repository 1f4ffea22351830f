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

export type FoundToken = { readonly id: string; readonly key: string };

/** Where a page begins, and how long it is. `from` is a key as text with the id of its token. */
export type TokenSeek = {
  readonly order: TokenOrder;
  readonly descending: boolean;
  readonly from: FoundToken | null;
  readonly take: number;
};

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

export const seeksText = ({ filter: { q }, place }: TokenSearch): boolean =>
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
export function matches(search: TokenSearch, columns: Sql, needs: "usage" | "owner" | "nothing", most?: number): Sql {
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

/** The part of an order beyond where a page begins. The first half is what an index of one table understands. */
function beyond({ order, from, descending }: TokenSeek, key: Sql, id: Sql): Sql {
  if (from === null) return Prisma.sql`true`;
  const side = descending ? Prisma.sql`<` : Prisma.sql`>`;
  const value = keyFrom(ORDERS[order], from.key);
  return Prisma.sql`${key} ${side}= ${value} AND (${key}, ${id}) ${side} (${value}, ${from.id}::uuid)`;
}

const directionOf = ({ descending }: TokenSeek): Sql => (descending ? Prisma.sql`DESC` : Prisma.sql`ASC`);

/** Collects what matches and sorts it: quick while few match. */
export function collect(search: TokenSearch, seek: TokenSeek): Sql {
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
export function walk(search: TokenSearch, seek: TokenSeek, reach: number): Sql {
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

/** The last that a walk has seen of an order; no row where the order ends before. */
export function lastSeen(search: TokenSearch, seek: TokenSeek, reach: number): Sql {
  const { key, walk } = ORDERS[seek.order];
  const columns = Prisma.sql`${walk.id}::text AS id, (${key})::text AS key`;
  return stretch(search, seek, columns, Prisma.sql`OFFSET ${reach - 1} LIMIT 1`);
}

/** The first of some tokens in an order; one that is named twice is there once. */
export function inOrder(seek: TokenSeek, ids: readonly string[]): Sql {
  const { key, needs } = ORDERS[seek.order];
  const [usage, owner] = [needs === "usage" ? USAGE : Prisma.empty, needs === "owner" ? OWNER : Prisma.empty];
  const direction = directionOf(seek);
  return Prisma.sql`
    SELECT t.id::text, (${key})::text AS key FROM tokens t ${usage} ${owner} WHERE t.id = ANY (${[...ids]}::uuid[])
    ORDER BY ${key} ${direction}, t.id ${direction} LIMIT ${seek.take}`;
}
