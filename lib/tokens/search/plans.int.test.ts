import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, Prisma } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { NOON } from "#test/rules";
import { seedTokens } from "#test/seeded-tokens";
import { type FoundToken, walk } from "../store-search";
import { TOKEN_ORDERS, tokenFilter } from "./filter";
import { TOKEN_VIEWS } from "./views";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createDatabase();
  await seedTokens(database.ownerUrl, { users: 2_000, tokens: 20_000, groups: 20 }, NOON);
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
});
