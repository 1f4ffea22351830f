import { Prisma } from "#lib/db/client";
import { PLACES, type Place } from "./store-conditions";
import {
  collect,
  type FoundToken,
  inOrder,
  lastSeen,
  matches,
  seeksText,
  type TokenSearch,
  type TokenSeek,
  walk,
} from "./store-page";

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

/** A walk, stage by stage. `left`: what may lie further on; null where the page is full, or the order has ended. */
async function walkOn(db: Asked, search: TokenSearch, seek: TokenSeek, stages: readonly number[]) {
  const page: FoundToken[] = [];
  let left = seek;
  for (const reach of stages) {
    page.push(...(await db.$queryRaw<FoundToken[]>(walk(search, left, reach))));
    if (page.length === seek.take) return { page, left: null };
    const [from] = await db.$queryRaw<FoundToken[]>(lastSeen(search, left, reach));
    if (from === undefined) return { page, left: null };
    left = { ...seek, from, take: seek.take - page.length };
  }
  return { page, left };
}

/** A page of what has free text in one place. It is counted while the first stage is walked: either may be all it takes. */
async function findInPlace(db: Asked, there: TokenSearch, seek: TokenSeek, known: number | undefined, ways: Ways) {
  if (known !== undefined) return findTokenIds(db, there, seek, { total: known }, ways);
  const [first = 0, ...stages] = ways.stages;
  const [{ page, left }, counted] = await Promise.all([walkOn(db, there, seek, [first]), countTokens(db, there)]);
  return left === null ? page : [...page, ...(await findTokenIds(db, there, left, counted, { ...ways, stages }))];
}

/** A page of what has the text in one place, and a page of what has it in the other: the page is the first of both. */
async function findInPlaces(db: Asked, search: TokenSearch, seek: TokenSeek, counted: Counted, ways: Ways) {
  const found = await Promise.all(
    PLACES.map((place) => findInPlace(db, { ...search, place }, seek, counted[place], ways)),
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
  const { page, left } = await walkOn(db, search, seek, ways.stages);
  return left === null ? page : [...page, ...(await db.$queryRaw<FoundToken[]>(collect(search, left)))];
}
