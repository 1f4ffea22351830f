import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, Prisma } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { inOrder, type Member, passes, readCrowd } from "#test/naive-search";
import { DAY, NOON } from "#test/rules";
import { seedTokens } from "#test/seeded-tokens";
import { STATUSES } from "../status";
import type { TokenSearch } from "../store-page";
import { countTokens, findTokenIds } from "../store-search";
import { TOKEN_ORDERS, type TokenOrder, tokenFilter } from "./filter";

const TWENTY = Array.from({ length: 20 }, (_, n) => n);
const NOT_ENDED = STATUSES.slice(3);
const iso = (ms: number) => new Date(ms).toISOString();

/** Every name of a filter, several together, and what people type. */
const FILTERS: readonly object[] = [
  {},
  ...STATUSES.map((status) => ({ status })),
  { status: NOT_ENDED },
  { status: ["active", "revoked"] },
  ...[
    "zapier",
    "Sprint DASH",
    "lindqvist",
    "美咲",
    "ØYVIND",
    "éLODIE",
    "ma",
    "m",
    "美",
    "100%",
    "_",
    "%",
    "a\\b",
    "lk_",
  ].map((q) => ({ q })),
  { q: "bi" },
  { q: "mara.lindqvist", status: NOT_ENDED, access: "write" },
  { owner: "MARA.lindqvist1" },
  { owner: TWENTY.map((n) => `mara.lindqvist${n}`), group: TWENTY.map((n) => `team-${n}`) },
  { group: ["team-1", "team-2"] },
  { group: "nowhere:team-1" },
  { application: ["jira", "bitbucket"] },
  { application: TWENTY.map((n) => `app-${n}`), createdBy: TWENTY.map((n) => `by-${n}`) },
  { access: "write", noRanges: "true", status: NOT_ENDED },
  { noRanges: "false" },
  { network: ["office", "home"] },
  { createdBy: "aino.saarinen" },
  { createdBy: ["aino.saarinen", "nobody"], issued: "true" },
  { delegation: "Integrations" },
  { delegation: ["Integrations", "Partners"], status: "active" },
  { issued: "true" },
  { issued: "false", access: "read" },
  { createdFrom: iso(NOON - 100 * DAY), createdTo: "2099-01-01" },
  { createdTo: iso(NOON - 100 * DAY) },
  { expiresFrom: iso(NOON), expiresTo: iso(NOON + 30 * DAY) },
  { expiresFrom: iso(NOON + 300 * DAY) },
  { expiresWithinDays: "7" },
  { lastUsedFrom: iso(NOON - DAY) },
  { lastUsedTo: iso(NOON - DAY) },
  { neverUsed: "true" },
  { neverUsed: "false", status: "active" },
  { unusedDays: "30" },
  { neverExpires: "true" },
  { neverExpires: "false" },
  { knocking: "true" },
  { knocking: "false", status: "revoked" },
];

let database: TestDatabase;
let db: Database;
let crowd: Member[];

const searchFor = (filter: object, scope = Prisma.sql`true`): TokenSearch => ({
  ...{ scope, now: NOON },
  filter: tokenFilter.parse(filter),
});

beforeAll(async () => {
  database = await createDatabase();
  await seedTokens(database.ownerUrl, { users: 60, tokens: 1_500, groups: 4 }, NOON);
  db = openDatabase(database.portalUrl);
  const some = (n: number, of: number) => Prisma.sql`hashtext(id::text || ${n}) % ${of} = 0`;
  await db.$executeRaw`UPDATE tokens SET denied_at = ${new Date(NOON - DAY)} WHERE ${some(1, 40)}`;
  await db.$executeRaw`UPDATE tokens SET secret_born_at = NULL, digest = NULL WHERE ${some(2, 40)}`;
  await db.$executeRaw`UPDATE tokens SET name = '100%_a\\b Ärger' WHERE ${some(3, 40)}`;
  await db.$executeRaw`UPDATE tokens SET superseded_at = ${new Date(NOON - DAY)}, overlap_ends_at = least(expires_at, ${new Date(NOON)}) WHERE ${some(4, 40)}`;
  await db.$executeRaw`UPDATE token_usage SET last_refused_at = ${new Date(NOON - 10 * DAY)} WHERE hashtext(token_id::text) % 3 = 0`;
  await db.$executeRaw`UPDATE tokens SET ip_ranges = ARRAY['office', '192.0.2.0/24'] WHERE ${some(5, 40)}`;
  crowd = await readCrowd(db);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const wanted = (filter: object) => crowd.filter((token) => passes(token, tokenFilter.parse(filter), NOON));

/** Pages all the way; `many` says that there are too many to collect, so that the orders' indexes are walked. */
async function all(
  search: TokenSearch,
  order: TokenOrder,
  descending: boolean,
  many: boolean,
  take = 400,
  stages = [25_000],
) {
  const ids: string[] = [];
  for (let from = null as { id: string; key: string } | null; ; ) {
    const ways = { collected: many ? -1 : 10_000, stages };
    const page = await findTokenIds(db, search, { order, descending, from, take }, { total: 0 }, ways);
    ids.push(...page.map(({ id }) => id));
    from = page.at(-1) ?? null;
    if (page.length < take || from === null) return ids;
  }
}

describe("a search among tokens", () => {
  it.each(FILTERS.map((filter) => [JSON.stringify(filter).slice(0, 90), filter] as const))(
    "finds for %s what a plain filter finds, walked and collected, and counts it",
    async (_words, filter) => {
      const expected = wanted(filter);
      const search = searchFor(filter);
      expect((await countTokens(db, search)).total).toBe(expected.length);
      const inTime = inOrder(expected, "lastUsedAt", true);
      expect(await all(search, "lastUsedAt", true, false)).toEqual(inTime);
      expect(await all(search, "lastUsedAt", true, true)).toEqual(inTime);
      expect(await all(search, "owner", false, true)).toEqual(inOrder(expected, "owner", false));
    },
  );

  it.each(TOKEN_ORDERS.flatMap((order) => [false, true].map((descending) => [order, descending] as const)))(
    "sorted by %s (downwards: %s) has every token once, whatever the way",
    async (order, descending) => {
      const filter = { status: NOT_ENDED };
      const expected = inOrder(wanted(filter), order, descending);
      for (const many of [false, true]) expect(await all(searchFor(filter), order, descending, many)).toEqual(expected);
    },
  );

  it.each(TOKEN_ORDERS)("by %s walks no further than it is told, stage by stage, and then collects", async (order) => {
    for (const filter of [{ status: "suspended" }, { createdTo: iso(NOON - 290 * DAY) }, { q: "lindqvist" }]) {
      const expected = inOrder(wanted(filter), order, true);
      for (const stages of [[60], [30, 40], [50, 2_000]])
        expect(await all(searchFor(filter), order, true, true, 20, stages)).toEqual(expected);
    }
  });

  it("is about nothing beyond its scope, with any filter", async () => {
    const owner = crowd[0]?.ownerId ?? "";
    const scope = Prisma.sql`t.owner_id = ${owner}::uuid`;
    for (const filter of [{}, { q: "zapier" }, { status: NOT_ENDED }, { neverUsed: "true" }]) {
      const expected = inOrder(
        wanted(filter).filter((token) => token.ownerId === owner),
        "name",
        false,
      );
      expect(await all(searchFor(filter, scope), "name", false, true)).toEqual(expected);
      expect(await all(searchFor(filter, scope), "name", false, false)).toEqual(expected);
      expect((await countTokens(db, searchFor(filter, scope))).total).toBe(expected.length);
    }
  });

  it("of this test is about something: most filters find some and leave some out", () => {
    const counts = FILTERS.map((filter) => wanted(filter).length);
    expect(counts.filter((count) => count > 0 && count < crowd.length).length).toBeGreaterThan(38);
  });
});
