import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { deleteAged } from "./retention";

const PERIODS = { usageDays: 400, sightingsDays: 180 };
const on = async () => true;

let database: TestDatabase;
let owner: Client;
let retention: Client;

const connected = async (connectionString: string) => {
  const client = new Client({ connectionString, options: "-c lock_timeout=200 -c enable_seqscan=off" });
  await client.connect();
  return client;
};

beforeAll(async () => {
  database = await createDatabase();
  owner = await connected(database.ownerUrl);
});
beforeEach(async () => {
  retention = await connected(database.retentionUrl);
});
afterEach(async () => {
  await retention.end();
  await owner.query(`TRUNCATE ${TABLES.join(", ")}, token_usage`);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const INSERTS: Readonly<Record<string, string>> = {
  refusals:
    "INSERT INTO refusals (request_id, at, reason, client) SELECT gen_random_uuid(), $1, 'x', '' FROM generate_series(1, $2)",
  token_usage_hours:
    "INSERT INTO token_usage_hours (token_id, hour) SELECT gen_random_uuid(), $1 FROM generate_series(1, $2)",
  verification_counts:
    "INSERT INTO verification_counts (hour, gateway_key, application_key, reason, auth) SELECT $1, gen_random_uuid(), '', '', '' FROM generate_series(1, $2)",
  token_sightings:
    "INSERT INTO token_sightings (token_id, address, client, first_seen_at, last_seen_at) SELECT gen_random_uuid(), '', '', $1, $1 FROM generate_series(1, $2)",
  credential_sightings:
    "INSERT INTO credential_sightings (application_key, class, outcome, claimed_name, address, client, first_seen_at, last_seen_at) SELECT gen_random_uuid(), '', '', '', '', '', $1, $1 FROM generate_series(1, $2)",
  path_sightings:
    "INSERT INTO path_sightings (application_key, rule, auth, token_id, first_seen_at, last_seen_at) SELECT gen_random_uuid(), '', '', '', $1, $1 FROM generate_series(1, $2)",
};
const TABLES = Object.keys(INSERTS);

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const put = (table: string, days: number, rows = 1) => owner.query(INSERTS[table] ?? "", [daysAgo(days), rows]);
const count = async (table: string) => {
  const { rows } = await owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]?.count;
};

describe("what has aged", () => {
  test.each([
    ["refusals", 30],
    ["token_usage_hours", 400],
    ["verification_counts", 400],
    ["token_sightings", 180],
    ["credential_sightings", 180],
    ["path_sightings", 180],
  ])("is deleted from %s after %i days, and not a day before", async (table, days) => {
    await put(table, days + 0.1, 3);
    await put(table, days - 1, 2);
    expect(await deleteAged(retention, PERIODS, on)).toEqual({ [table]: 3 });
    expect(await count(table)).toBe(2);
    expect(await deleteAged(retention, PERIODS, on)).toEqual({});
  });

  test("is deleted in pieces, with a rest after each, and no further than it is wanted", async () => {
    await put("token_usage_hours", 500, 40_000);
    const rests: number[] = [];
    const first = await deleteAged(retention, PERIODS, async (ms) => rests.push(ms) < 1);
    const gone = first?.token_usage_hours ?? 0;
    expect(gone).toBeGreaterThan(1_000);
    expect(gone).toBeLessThan(30_000);
    expect(rests[0]).toBeGreaterThanOrEqual(20);
    expect(await deleteAged(retention, PERIODS, on)).toEqual({ token_usage_hours: 40_000 - gone });
  });

  test("is never a token's last use, however long ago", async () => {
    await owner.query("INSERT INTO token_usage (token_id, last_used_at) VALUES ($1, $2)", [
      randomUUID(),
      daysAgo(4_000),
    ]);
    await deleteAged(retention, PERIODS, on);
    expect(await count("token_usage")).toBe(1);
  });

  test("waits for nobody: rows that somebody holds stay until the next time", async () => {
    await put("token_usage_hours", 500, 2);
    await put("path_sightings", 500);
    await owner.query("BEGIN");
    await owner.query("SELECT 1 FROM token_usage_hours FOR UPDATE");
    expect(await deleteAged(retention, PERIODS, on)).toEqual({ path_sightings: 1 });
    await owner.query("ROLLBACK");
    expect(await deleteAged(retention, PERIODS, on)).toEqual({ token_usage_hours: 2 });
  });

  test("is used again meanwhile, and stays: its age is judged when it is deleted", async () => {
    await put("token_sightings", 500);
    const other = await connected(database.verifierUrl);
    await other.query("BEGIN");
    await other.query("UPDATE token_sightings SET last_seen_at = now()");
    await retention.query("SET lock_timeout = 0");
    const deleting = deleteAged(retention, PERIODS, on);
    await other.query("COMMIT");
    expect(await deleting).toEqual({});
    expect(await count("token_sightings")).toBe(1);
    await other.end();
  });

  test("is one portal's work at a time", async () => {
    await put("refusals", 31);
    const other = await connected(database.retentionUrl);
    let during: unknown = "not asked";
    await deleteAged(other, PERIODS, async () => {
      during = await deleteAged(retention, PERIODS, on);
      return false;
    });
    expect(during).toBeNull();
    await other.end();
    expect(await deleteAged(retention, PERIODS, on)).toEqual({});
  });

  test("stays where the role has no right to it, and that is told", async () => {
    const portal = await connected(database.portalUrl);
    await put("refusals", 31);
    await expect(deleteAged(portal, PERIODS, on)).rejects.toMatchObject({ code: "42501" });
    await portal.end();
    expect(await count("refusals")).toBe(1);
  });
});
