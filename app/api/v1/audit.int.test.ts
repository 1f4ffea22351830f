import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditFilter } from "#lib/audit/parameters";
import { conditionsOf, selectEvents } from "#lib/audit/store";
import { type Cast, castOf } from "#test/actors";
import { browserOf, call, ORIGIN, scriptOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import * as one from "./audit-events/[seq]/route";
import * as exported from "./audit-events/export/route";
import * as events from "./audit-events/route";

const MANY = 50_000;
const START = Date.UTC(2020, 0, 1);
let installation: TestInstallation;
let cast: Cast;
let admin: Client;
let credentials: Record<"user" | "auditor" | "script", Record<string, string>>;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
  admin = new Client({ connectionString: installation.database.adminUrl });
  await admin.connect();
  credentials = {
    user: await browserOf(installation, cast.user),
    auditor: await browserOf(installation, cast.auditor),
    script: await scriptOf(installation, cast.admin, "read"),
  };
  // Long before the rows of this test's own installation, an event a minute.
  await admin.query(
    `INSERT INTO audit_events (seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name,
       detail, previous_hash, hash, kid)
     SELECT n + 1000, to_timestamp($1::float8 / 1000 + n * 60), 'user', 'u' || n % 500, 'person ' || n % 500,
       CASE WHEN n % 1000 = 0 THEN 'gateway.created' ELSE 'user.signed-in' END,
       CASE WHEN n % 1000 = 0 THEN 'gateway' ELSE 'user' END, 's' || n % 400, 'Größe 東京 ' || n % 400,
       '{"before": null, "after": {"note": "two\\nlines"}}', '', '', '' FROM generate_series(1, ${MANY}) n`,
    [START],
  );
  await admin.query("UPDATE change_head SET audit_seq = $1", [MANY + 1000]);
  await admin.query("VACUUM ANALYZE audit_events");
});
afterAll(async () => {
  await admin.end();
  await installation.close();
});

const ask = (query: string, who: keyof typeof credentials = "auditor") => call(events.GET, credentials[who], { query });
const download = (query: string, who: keyof typeof credentials = "auditor") =>
  exported.GET(new Request(`${ORIGIN}/api/v1/audit-events/export${query}`, { headers: credentials[who] }));

type Plan = { "Shared Hit Blocks": number; "Shared Read Blocks": number };

/** Pages that the database touched for one page of the log. */
async function pagesFor(asked: object): Promise<number> {
  const filter = auditFilter.parse(asked);
  const conditions = await conditionsOf(installation.db, filter, true);
  const statement = selectEvents(conditions, { beyond: null, order: "newest", take: 51 });
  const sql = statement.text;
  const { rows } = await admin.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, statement.values);
  const plan: Plan = rows[0]["QUERY PLAN"][0].Plan;
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}

describe("finding events among many", () => {
  const from = new Date(START).toISOString();
  it.each([
    ["nothing asked", {}],
    ["an actor", { actor: "person 7" }],
    ["nobody", { actor: "nobody" }],
    ["a subject by name", { subject: "Größe 東京 7" }],
    ["a subject by id", { subject: "0190d4a5-0000-7000-8000-0000000000ff" }],
    ["a rare action", { action: "gateway.created" }],
    ["a kind of thing", { action: "gateway" }],
    ["a kind that nothing happened to", { action: "delegation.created" }],
    ["the oldest hour", { from, to: new Date(START + 3_600_000).toISOString() }],
    ["everything before the newest half", { to: new Date(START + 30_000 * 60_000).toISOString() }],
    ["a time without events", { from: "2031-01-01T00:00:00Z" }],
    ["part of a name", { q: "erson 499" }],
    ["part of a name in other letters", { q: "größe 東京 39" }],
    ["a text that is nowhere", { q: "zebra crossing" }],
    ["two characters", { q: "zz" }],
  ])("touches few pages for %s", async (_what, filter) => {
    const { rows } = await admin.query("SELECT relpages FROM pg_class WHERE relname = 'audit_events'");
    // Which of two good plans is taken depends on what ANALYZE happened to sample: either leaves most of the log alone.
    expect(await pagesFor(filter)).toBeLessThan(rows[0].relpages * 0.8);
  });

  it("takes wildcards literally, and any alphabet", async () => {
    expect((await ask(`?q=${encodeURIComponent("%%%")}`)).body.items).toEqual([]);
    expect((await ask(`?q=${encodeURIComponent("person_4")}`)).body.items).toEqual([]);
    expect((await ask(`?q=${encodeURIComponent("東京 399")}&limit=1`)).body.items).toHaveLength(1);
  });

  it("refuses what is too long, and sequences that no database has", async () => {
    expect(await ask(`?q=${"x".repeat(201)}`)).toMatchObject({ status: 422 });
    expect(await ask(`?cursor=${"9".repeat(40)}`)).toMatchObject({ status: 422 });
    for (const seq of ["9".repeat(19), "9".repeat(400), "-1", "1.5", "0x1", "１", "null"]) {
      expect(await call(one.GET, credentials.auditor, { params: { seq } })).toMatchObject({ status: 404 });
    }
  });

  it("finds what a user did also under the name of their tokens", async () => {
    const { body } = await call(exported.GET, credentials.script, { query: "?format=csv&actor=nobody" });
    expect(body).toEqual({});
    const found = await ask("?actor=ann&action=log.exported");
    expect(found.body.items).toMatchObject([{ actor: { kind: "token", name: "ann (token read script)" } }]);
  });
});

describe("one event", () => {
  it("has an address of its own, for who may read the log", async () => {
    const params = { seq: "1001" };
    expect(await call(one.GET, credentials.auditor, { params })).toMatchObject({
      status: 200,
      body: { seq: "1001", sentence: "person 1 signed in as Größe 東京 1." },
    });
    expect(await call(one.GET, credentials.user, { params })).toMatchObject({ status: 404 });
  });
});

describe("an export", () => {
  it("is one event a line, oldest first, whatever stands in it, and stands in the log itself", async () => {
    const response = await download("?action=gateway.created");
    const lines = (await response.text()).trimEnd().split("\n");
    const seqs = lines.map((line) => Number(JSON.parse(line).seq));
    expect(seqs).toHaveLength(MANY / 1000);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(JSON.parse(lines[0] ?? "").detail.after.note).toBe("two\nlines");
    const [noted] = (await ask("?action=log.exported&limit=1")).body.items as { detail: unknown; sentence: string }[];
    expect(noted).toMatchObject({
      sentence: "otto exported events of the audit log.",
      detail: { after: { format: "ndjson", filter: { action: "gateway.created" } } },
    });
  });

  it("as CSV has a head and a line for each event", async () => {
    const response = await download("?format=csv&subject=Gr%C3%B6%C3%9Fe%20%E6%9D%B1%E4%BA%AC%207");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit-events.csv"');
    const text = await response.text();
    expect(text.match(/\r\n/g)).toHaveLength(1 + MANY / 400);
    expect(text).toMatch(/^"seq","at",/);
  });

  it("is not for users, and refuses what it does not know, before a line is sent", async () => {
    expect((await download("", "user")).status).toBe(403);
    expect((await download("?format=xml")).status).toBe(422);
    expect((await download("?limit=5")).status).toBe(422);
  });

  it("that nobody reads on holds nothing open in the database", async () => {
    const reader = (await download("")).body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(1_000);
    await reader?.cancel();
    const { rows } = await admin.query(
      "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'",
    );
    expect(rows).toEqual([]);
  });
});
