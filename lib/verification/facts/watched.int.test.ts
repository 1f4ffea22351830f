import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { LOAD_INSTALLATION, LOAD_TOKENS } from "./statements";

let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await createDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const EVENTS = ["INSERT", "UPDATE", "DELETE", "TRUNCATE"] as const;

/** What is read and need not move the head, and why not. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "change_head INSERT": "it is the head",
  "change_head UPDATE": "it is the head",
  "change_head DELETE": "it is the head",
  "change_head TRUNCATE": "it is the head",
  "groups INSERT": "a new group has no members, and no rule names it yet",
  "groups TRUNCATE": "takes the memberships along, which move the head",
};

/** Every relation of a plan, however deep. */
function relationsIn(plan: unknown): string[] {
  if (typeof plan !== "object" || plan === null) return [];
  const below = Object.values(plan).flatMap(relationsIn);
  return "Relation Name" in plan ? [String(plan["Relation Name"]), ...below] : below;
}

/** The tables from which the loaders read, as the planner of the database understands them; PostgreSQL's own are no facts. */
async function read(): Promise<string[]> {
  await owner.query("SET plan_cache_mode = force_generic_plan");
  await owner.query(`PREPARE load_tokens (bytea[]) AS ${LOAD_TOKENS.text}`);
  const plans = [
    await owner.query("EXPLAIN (FORMAT JSON) EXECUTE load_tokens ('{}')"),
    await owner.query(`EXPLAIN (FORMAT JSON) ${LOAD_INSTALLATION.text}`),
  ];
  await owner.query("DEALLOCATE load_tokens");
  return [...new Set(plans.flatMap(({ rows }) => relationsIn(rows)))].filter((name) => !name.startsWith("pg_")).sort();
}

/** Changes of facts after which no verifier would hear of it. */
async function unheard(): Promise<string[]> {
  const { rows } = await owner.query<{ change: string }>(
    `SELECT t.tgrelid::regclass || ' ' || e.event AS change FROM pg_trigger t
     JOIN (VALUES (4, 'INSERT'), (16, 'UPDATE'), (8, 'DELETE'), (32, 'TRUNCATE')) AS e (bit, event) ON t.tgtype & e.bit > 0
     WHERE t.tgfoid = 'latchkey_facts_changed'::regproc AND t.tgenabled IN ('O', 'A')
       AND t.tgtype & 3 = 0 AND t.tgqual IS NULL AND cardinality(t.tgattr::int2[]) = 0`,
  );
  const heard = new Set(rows.map(({ change }) => change));
  const changes = (await read()).flatMap((table) => EVENTS.map((event) => `${table} ${event}`));
  return changes.filter((change) => !heard.has(change));
}

test("every change of a table that the loaders read moves the change head, but for the named exceptions", async () => {
  expect(await unheard()).toEqual(expect.arrayContaining(Object.keys(EXCEPTIONS)));
  expect((await unheard()).filter((change) => !Object.hasOwn(EXCEPTIONS, change))).toEqual([]);
});

test("all tables of facts are seen: those of tokens and those of the installation", async () => {
  const tables = ["tokens", "users", "user_aliases", "user_names", "memberships", "groups"];
  const more = ["settings", "policies", "policy_groups", "delegations", "delegation_delegates", "delegation_scopes"];
  const rest = ["networks", "applications", "application_routes", "gateways", "gateway_applications", "change_head"];
  expect(await read()).toEqual(expect.arrayContaining([...tables, ...more, ...rest]));
});

test.each([
  ["networks", "DROP TRIGGER facts_updated ON networks"],
  ["user_aliases", "ALTER TABLE user_aliases DISABLE TRIGGER facts_updated"],
  ["tokens", "DROP TRIGGER facts_updated ON tokens"],
])("a table that lacks its trigger is found: %s", async (table, statement) => {
  await owner.query("BEGIN");
  await owner.query(statement);
  expect(await unheard()).toContain(`${table} UPDATE`);
  await owner.query("ROLLBACK");
});
