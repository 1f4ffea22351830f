import { PrismaPg } from "@prisma/adapter-pg";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import type { Database } from "#lib/db/client";
import { PrismaClient } from "#lib/db/generated/client";
import { listMembers, membersQuery } from "#lib/groups/queries-members";
import { createInstallation, type TestInstallation } from "#test/installation";
import { listUsers, usersQuery } from "./queries";

const PEOPLE = 20_000;
const SEED = `
  WITH made AS (
    INSERT INTO users (id, kind, username, username_key, display_name, email, created_at, deactivated_at)
    SELECT ('00000002-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      (CASE WHEN n % 50 = 0 THEN 'service' ELSE 'person' END)::user_kind,
      'user' || n, 'user' || n, 'Somebody ' || (n * 7919 % ${PEOPLE}), 'user' || n || '@example.com',
      timestamptz '2026-01-01' - n * interval '1 minute', CASE WHEN n % 40 = 0 THEN timestamptz '2026-01-02' END
    FROM generate_series(1, ${PEOPLE}) AS n RETURNING id, username),
  grouped AS (INSERT INTO groups (id, name, external_id)
    VALUES (gen_random_uuid(), 'crowd', 'crowd'), (gen_random_uuid(), 'few', 'few') RETURNING id, name)
  INSERT INTO memberships (group_id, user_id, added_by)
  SELECT grouped.id, made.id, 'seed' FROM made, grouped
  WHERE (name = 'crowd' AND username NOT LIKE '%7') OR (name = 'few' AND username LIKE '%777')`;

type Asked = { readonly sql: string; readonly params: unknown[] };
type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};

let installation: TestInstallation;
let owner: Client;
let asked: Asked[] = [];
let listening: PrismaClient<"query">;
const holder = globalThis as typeof globalThis & { latchkeyDatabase?: Database };

beforeAll(async () => {
  installation = await createInstallation();
  const { ownerUrl, portalUrl } = installation.database;
  owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(SEED);
  await owner.query(
    "UPDATE user_activity SET last_sign_in_at = now() - random() * interval '90 days' WHERE random() < 0.7",
  );
  // As autovacuum does: the index of parts of words takes in what was written since.
  await owner.query("VACUUM ANALYZE");
  // The process's own pool, but one that tells what it asks.
  const adapter = new PrismaPg({ connectionString: portalUrl });
  listening = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  listening.$on("query", ({ query, params }) => asked.push({ sql: query, params: JSON.parse(params) }));
  holder.latchkeyDatabase = listening as unknown as Database;
}, 60_000);
afterAll(async () => {
  await owner.end();
  await listening.$disconnect();
  await installation.close();
});

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** How the database answers the statement that fetched the page. */
async function planOf(how: string): Promise<Plan[]> {
  const page = asked.find(({ sql }) => /FROM "public"\."user/.test(sql) && /LIMIT/.test(sql));
  if (page === undefined) throw new Error("No page of users was asked for");
  const { rows } = await owner.query(`EXPLAIN (${how}FORMAT JSON) ${page.sql}`, page.params);
  return nodes(rows[0]["QUERY PLAN"][0].Plan);
}

/** Which tables it reads from end to end. */
const readsWhole = async () =>
  (await planOf("")).flatMap((node) => (node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : []));

/** Which share of all people it looks at, in the table that it looks at most. */
async function shareRead(): Promise<number> {
  const looked = (await planOf("ANALYZE, ")).map((node) =>
    /^user/.test(node["Relation Name"] ?? "")
      ? ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1)
      : 0,
  );
  return Math.max(...looked) / PEOPLE;
}

async function pageOf(query: object, viewer: Viewer = operator()) {
  asked = [];
  const found = await listUsers(viewer, usersQuery.parse(query));
  if (!found.ok) throw new Error(found.refusal.detail);
  return found.value;
}

describe("a list of many users", () => {
  it.each(["username", "-username", "displayName", "-displayName", "createdAt", "-createdAt"])(
    "by %s walks an index, at the beginning and in the middle, forwards and back",
    async (sort) => {
      const first = await pageOf({ sort });
      expect(await readsWhole()).not.toContain("users");
      const second = await pageOf({ sort, cursor: first.nextCursor });
      expect(await readsWhole()).not.toContain("users");
      const back = await pageOf({ sort, cursor: second.previousCursor });
      expect(await readsWhole()).not.toContain("users");
      expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
    },
  );

  it("narrowed to service accounts, to a large group and to a small one reads no table of people whole", async () => {
    for (const query of [{ kind: "service" }, { group: "crowd" }, { group: "few" }, { status: "deactivated" }]) {
      const page = await pageOf(query);
      expect(page.items.length).toBeGreaterThan(5);
      const whole = await readsWhole();
      expect([query, whole.includes("users")]).toEqual([query, false]);
    }
  });

  it.each(["19876", "Y 4321", "r1234", "nobody of this name"])(
    "looks for %s among the few that an index of parts of words brings",
    async (q) => {
      for (const sort of ["username", "-lastSignInAt"]) {
        const page = await pageOf({ q, sort });
        expect([sort, page.items.length > 0]).toEqual([sort, !q.startsWith("nobody")]);
        expect(await shareRead()).toBeLessThan(0.05);
      }
    },
  );

  it.each(["lastSignInAt", "-lastSignInAt"])("by %s walks an index, forwards and back", async (sort) => {
    const first = await pageOf({ sort });
    expect(await shareRead()).toBeLessThan(0.05);
    const second = await pageOf({ sort, cursor: first.nextCursor });
    expect(await shareRead()).toBeLessThan(0.05);
    const back = await pageOf({ sort, cursor: second.previousCursor });
    expect(await shareRead()).toBeLessThan(0.05);
    expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
  });

  it("by last sign-in has everybody once, who never came last, in both directions and back again", async () => {
    for (const sort of ["lastSignInAt", "-lastSignInAt"]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      let came = true;
      do {
        const page: Awaited<ReturnType<typeof pageOf>> = await pageOf({
          ...{ sort, limit: 100, group: "few" },
          ...(cursor && { cursor }),
        });
        for (const user of page.items) {
          if (user.lastSignInAt === null) came = false;
          else expect(came).toBe(true);
          seen.push(user.id);
        }
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(PEOPLE / 1000);
    }
  });
});

describe("the members of a group of many", () => {
  it("come page by page, each found by its index", async () => {
    const { id } = await installation.db.group.findFirstOrThrow({ where: { name: "crowd" } });
    const first = await listMembers(operator(), id, membersQuery.parse({}));
    asked = [];
    const cursor = first.ok ? (first.value.nextCursor ?? "") : "";
    const second = await listMembers(operator(), id, membersQuery.parse({ cursor }));
    expect(await readsWhole()).not.toContain("users");
    expect(second).toMatchObject({ ok: true, value: { items: { length: 50 } } });
  });
});
