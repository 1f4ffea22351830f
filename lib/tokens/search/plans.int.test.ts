import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, Prisma } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { asAdmin } from "#test/database-cluster";
import { NOON } from "#test/rules";
import { seedTokens } from "#test/seeded-tokens";
import { type FoundToken, walk } from "../store-page";
import { type Asked, countTokens, findTokenIds } from "../store-search";
import { TOKEN_ORDERS, tokenFilter } from "./filter";
import { TOKEN_VIEWS } from "./views";

const TOKENS = 20_000;
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createDatabase();
  await seedTokens(database.ownerUrl, { users: 2_000, tokens: TOKENS, groups: 20 }, NOON);
  // As autovacuum leaves it: what an index tells need not be looked up.
  await asAdmin(database.adminUrl, ["VACUUM ANALYZE tokens", "VACUUM ANALYZE users"]);
  db = openDatabase(database.portalUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** What a plan does to which table: `Index Scan tokens`. */
function nodesOf(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(nodesOf);
  if (typeof plan !== "object" || plan === null) return [];
  const entries = Object.entries(plan);
  const of = (name: string) => entries.find(([key]) => key === name)?.[1];
  const own = typeof of("Relation Name") === "string" ? [`${of("Node Type")} ${of("Relation Name")}`] : [];
  return [...own, ...entries.flatMap(([, value]) => nodesOf(value))];
}

/** Rows that a plan fetches from the table of tokens, found or thrown away; what an index alone tells is not fetched. */
function fetchedBy(plan: unknown): number {
  if (Array.isArray(plan)) return plan.reduce((sum, each) => sum + fetchedBy(each), 0);
  if (typeof plan !== "object" || plan === null) return 0;
  const entries = Object.entries(plan);
  const number = (name: string) => Number(entries.find(([key]) => key === name)?.[1] ?? 0);
  const is = (name: string, word: string) => entries.some(([key, value]) => key === name && value === word);
  const fetches = is("Relation Name", "tokens") && !is("Node Type", "Index Only Scan");
  const own = fetches ? (number("Actual Rows") + number("Rows Removed by Filter")) * number("Actual Loops") : 0;
  return entries.reduce((sum, [, value]) => sum + fetchedBy(value), own);
}

/** Rows that all steps of a plan hand on, however often they are asked for the same ones. */
function passedBy(plan: unknown): number {
  if (Array.isArray(plan)) return plan.reduce((sum, each) => sum + passedBy(each), 0);
  if (typeof plan !== "object" || plan === null) return 0;
  const entries = Object.entries(plan);
  const number = (name: string) => Number(entries.find(([key]) => key === name)?.[1] ?? 0);
  const own = number("Actual Rows") * number("Actual Loops");
  return entries.reduce((sum, [, value]) => sum + passedBy(value), own);
}

/** How many tokens are fetched by whatever is asked, statement by statement. */
async function looking(ask: (watched: Asked) => Promise<unknown>): Promise<number> {
  let fetched = 0;
  const watched: Asked = {
    $queryRaw: async (first, ...values) => {
      const sql = first instanceof Prisma.Sql ? first : Prisma.sql(first, ...values);
      const rows = await db.$queryRaw<object[]>(Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`);
      fetched += fetchedBy(rows.flatMap((row) => Object.values(row)));
      return db.$queryRaw(sql);
    },
  };
  await ask(watched);
  return fetched;
}

describe("of many tokens", () => {
  it.each(TOKEN_VIEWS.map((view) => [view.key, view] as const))(
    "the view %s reads a page by indexes alone, in every order, from its beginning and from its middle",
    async (_key, { filter }) => {
      const scope = Prisma.sql`true`;
      const middle = {
        ...{ createdAt: "2026-06-01T00:00:00Z", name: "page exporter 9", owner: "mara", access: "read" },
        ...{ createdBy: "mara", expiresAt: "2027-01-01T00:00:00Z", lastUsedAt: "2026-11-01T00:00:00Z" },
      };
      for (const order of TOKEN_ORDERS) {
        for (const from of [null, { key: middle[order], id: "00000003-0000-7000-8000-000000000100" }]) {
          const seek = { order, descending: true, from, take: 51 };
          const query = walk({ scope, filter: tokenFilter.parse(filter), now: NOON }, seek, 1_000);
          const rows = await db.$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`);
          const scanned = nodesOf(rows).filter((node) => /^Seq Scan (tokens|token_usage)$/.test(node));
          expect([order, from?.key, scanned]).toEqual([order, from?.key, []]);
          expect(nodesOf(rows).join()).toMatch(/Index (Only )?Scan tokens/);
        }
      }
    },
  );

  it("a walk begins where what the filter asks for begins: one that sees a hundredth of them fills a page", async () => {
    const [busy] = await db.$queryRaw<{ username: string }[]>`
      SELECT username FROM users u JOIN tokens t ON t.owner_id = u.id GROUP BY username ORDER BY count(*) DESC LIMIT 1`;
    for (const [filter, order] of [
      [{ status: "expired" }, "expiresAt"],
      [{ status: "expiring" }, "expiresAt"],
      [{ status: ["expired", "expiring"] }, "expiresAt"],
      [{ createdBy: "aino.saarinen" }, "createdBy"],
      [{ createdBy: ["aino.saarinen", "aino"] }, "createdBy"],
      [{ owner: busy?.username }, "owner"],
    ] as const) {
      for (const descending of [true, false]) {
        const search = { scope: Prisma.sql`true`, filter: tokenFilter.parse(filter), now: NOON };
        const query = walk(search, { order, descending, from: null, take: 51 }, 200);
        const found = await db.$queryRaw<FoundToken[]>(query);
        expect([filter, descending, found.length]).toEqual([filter, descending, 51]);
      }
    }
  });

  const LAST_TO_FIRST = { descending: true, from: null, take: 51 } as const;
  const search = (filter: object) => ({ scope: Prisma.sql`true`, filter: tokenFilter.parse(filter), now: NOON });

  it.each([
    [{ status: "expired" }, "createdAt", true, 0.05],
    [{ status: "orphaned" }, "createdAt", true, 0.05],
    [{ status: "active" }, "expiresAt", false, 0.05],
    [{ createdBy: "nobody" }, "name", true, 0.01],
    [{ delegation: "nobody" }, "name", true, 0.01],
    [{ delegation: "Integrations" }, "createdBy", true, 0.1],
    [{ issued: "true" }, "createdBy", true, 0.05],
    [{ q: "tomasz.weiss1" }, "createdBy", true, 0.1],
    [{ breaksPolicy: "true" }, "createdBy", true, 0.01],
  ] as const)(
    "a page of %o by %s (downwards: %s) looks at no more than a share of all tokens",
    async (filter, order, descending, most) => {
      const seek = { ...LAST_TO_FIRST, order, descending };
      const counted = await countTokens(db, search(filter));
      const ways = { collected: 400, stages: [500, 1_500] };
      const looked = await looking((watched) => findTokenIds(watched, search(filter), seek, counted, ways));
      expect(looked / TOKENS).toBeLessThan(most);
    },
  );

  it("counting looks at no more of them than are counted, where an index knows which", async () => {
    for (const filter of [
      { createdBy: "nobody" },
      { delegation: "nobody" },
      { q: "zz-nothing" },
      { network: "nowhere" },
    ]) {
      expect(await looking((watched) => countTokens(watched, search(filter)))).toBe(0);
    }
  });

  it("where very many break their policy, or very many owners have left, no list of them is passed for each token", async () => {
    const asked = [{ breaksPolicy: "true" }, { breaksPolicy: "false" }, { status: "active" }, { status: "orphaned" }];
    const passed = await db.$transaction(async (tx) => {
      // As with a million tokens: the list does not fit into the memory of one statement.
      await tx.$executeRaw`SET LOCAL work_mem = '64kB'`;
      await tx.$executeRaw`INSERT INTO token_breaches SELECT id FROM tokens ON CONFLICT DO NOTHING`;
      await tx.$executeRaw`UPDATE users SET deactivated_at = now() WHERE substr(id::text, 36) < '8'`;
      let most = 0;
      for (const filter of asked) {
        for (const order of TOKEN_ORDERS) {
          const query = walk(search(filter), { ...LAST_TO_FIRST, order }, 1_000);
          const rows = await tx.$queryRaw<object[]>(Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`);
          most = Math.max(most, passedBy(rows.flatMap((row) => Object.values(row))));
        }
      }
      return most;
    });
    expect(passed / TOKENS).toBeLessThan(20);
  });
});
