import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { applyGrants } from "./grants";
import { rolesOf } from "./open";

let database: TestDatabase;
const clients = new Map<string, Client>();

beforeAll(async () => {
  database = await createDatabase();
  for (const [role, url] of Object.entries({
    owner: database.ownerUrl,
    portal: database.portalUrl,
    verifier: database.verifierUrl,
    retention: database.retentionUrl,
  })) {
    const client = new Client({ connectionString: url });
    await client.connect();
    clients.set(role, client);
  }
});

afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database.drop();
});

function as(role: "owner" | "portal" | "verifier" | "retention"): Client {
  const client = clients.get(role);
  if (!client) throw new Error(`nobody is connected as ${role}`);
  return client;
}

const REFUSED = { code: "42501" };

describe("what the roles of the database may do", () => {
  test("no role makes the change head move by a trigger on a table of its own", async () => {
    for (const role of ["portal", "verifier", "retention"] as const) {
      await as(role).query("CREATE TEMPORARY TABLE own (id uuid)");
      const hang = "CREATE TRIGGER moves AFTER INSERT ON own EXECUTE FUNCTION latchkey_facts_changed('all')";
      await expect(as(role).query(hang)).rejects.toMatchObject(REFUSED);
    }
  });

  test("the portal writes the end of the audit chain into the head, and cannot turn back its sequence or epoch", async () => {
    await as("portal").query("UPDATE change_head SET audit_seq = audit_seq, audit_hash = audit_hash WHERE id = 1");
    for (const column of ["seq", "epoch", "id"]) {
      await expect(as("portal").query(`UPDATE change_head SET ${column} = ${column}`)).rejects.toMatchObject(REFUSED);
    }
  });

  test.each(["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"])(
    "the portal cannot rewrite history: %s",
    async (statement) => {
      await expect(as("portal").query(statement)).rejects.toMatchObject(REFUSED);
    },
  );

  test.each([
    "SELECT hash FROM password_credentials",
    "SELECT * FROM sessions",
    "SELECT * FROM keys",
    "SELECT * FROM setup",
    "UPDATE tokens SET revoked_at = NULL",
    "DELETE FROM policies",
    "INSERT INTO networks (id, name, ranges) VALUES (gen_random_uuid(), 'office', '{}')",
    "UPDATE settings SET quarantined_at = NULL",
    "UPDATE change_head SET seq = 0",
    "INSERT INTO changes (seq, kind, key) VALUES (1, 'all', '')",
    "SELECT latchkey_move_head()",
    "SELECT * FROM audit_events",
    "SELECT email FROM users",
    "SELECT display_name FROM users",
    "SELECT * FROM tokens",
    "SELECT description, contact FROM tokens",
    "SELECT * FROM role_mappings",
    "DELETE FROM refusals",
    "SELECT path FROM refusals",
    "DELETE FROM token_usage_hours",
    "SELECT run FROM verifier_lease",
    "UPDATE verifier_lease SET applied = 1000000",
    "DELETE FROM verifier_lease",
  ])("the verifier can neither read secrets nor write facts: %s", async (statement) => {
    await expect(as("verifier").query(statement)).rejects.toMatchObject(REFUSED);
  });

  test.each([
    "SELECT address FROM token_sightings",
    "SELECT token_id FROM token_usage_hours",
    "UPDATE token_sightings SET last_seen_at = now()",
    "DELETE FROM token_usage",
    "DELETE FROM audit_events",
    "DELETE FROM sessions",
    "SELECT * FROM tokens",
    "SELECT * FROM assertion_keys",
    "SELECT latchkey_write_lease('gw-1', gen_random_uuid(), gen_random_uuid(), 1, 10)",
  ])("retention sees no more than how old a row is, and deletes nothing that does not age: %s", async (statement) => {
    await expect(as("retention").query(statement)).rejects.toMatchObject(REFUSED);
  });

  test.each([
    "token_usage_hours",
    "token_sightings",
    "credential_sightings",
    "path_sightings",
    "verification_counts",
    "refusals",
  ])("nobody but retention deletes from %s", async (table) => {
    for (const role of ["portal", "verifier"] as const) {
      await expect(as(role).query(`DELETE FROM ${table}`)).rejects.toMatchObject(REFUSED);
    }
    await as("retention").query(`DELETE FROM ${table}`);
  });

  test.each(["portal", "verifier", "retention"] as const)("the %s owns nothing and makes no tables", async (role) => {
    await expect(as(role).query("CREATE TABLE mine (id int)")).rejects.toMatchObject(REFUSED);
    await expect(as(role).query("ALTER TABLE tokens DISABLE TRIGGER ALL")).rejects.toMatchObject(REFUSED);
  });

  test("the verifier notes the use of a token, and how far it is", async () => {
    await as("verifier").query(
      "INSERT INTO token_usage (token_id, first_used_at, allowed) VALUES (gen_random_uuid(), now(), 1) ON CONFLICT (token_id) DO UPDATE SET allowed = token_usage.allowed + 1",
    );
    await as("verifier").query(
      "SELECT latchkey_write_lease('here', gen_random_uuid(), epoch, seq, 10) FROM change_head",
    );
    const { rows } = await as("portal").query("SELECT applied FROM verifier_lease WHERE id = 'here'");
    expect(rows).toHaveLength(1);
  });

  test("a verifier can neither move nor end the lease of another that has its name: it does not know its run", async () => {
    const write = "SELECT latchkey_write_lease('twin', $1, epoch, $2, 10) FROM change_head";
    const [one, other] = [randomUUID(), randomUUID()];
    await as("verifier").query(write, [one, 1]);
    await as("verifier").query(write, [other, 9]);
    await as("verifier").query("SELECT latchkey_remove_lease('twin', $1)", [randomUUID()]);
    const leases = async () =>
      (await as("portal").query("SELECT run, applied FROM verifier_lease WHERE id = 'twin' ORDER BY applied")).rows;
    expect(await leases()).toEqual([
      { run: one, applied: "1" },
      { run: other, applied: "9" },
    ]);
    await as("verifier").query("SELECT latchkey_remove_lease('twin', $1)", [other]);
    expect(await leases()).toEqual([{ run: one, applied: "1" }]);
  });

  test("a fact that the portal writes moves the head, though the portal may not write changes", async () => {
    await as("portal").query(
      "INSERT INTO networks (id, name, ranges) VALUES (gen_random_uuid(), 'office', '{10.0.0.0/8}')",
    );
    const { rows } = await as("portal").query("SELECT kind FROM changes");
    expect(rows).toEqual([{ kind: "installation" }]);
    await expect(
      as("portal").query("INSERT INTO changes (seq, kind, key) VALUES (9, 'all', '')"),
    ).rejects.toMatchObject(REFUSED);
  });

  test("rights that somebody gave by hand are taken back", async () => {
    const roles = rolesOf(database);
    await as("owner").query(`GRANT ALL ON keys, audit_events TO ${roles.verifier}`);
    expect(await applyGrants(as("owner"), roles)).toEqual([]);
    await expect(as("verifier").query("SELECT * FROM keys")).rejects.toMatchObject(REFUSED);
  });

  test("a database in which the verifier read whole tables, or other columns, is brought to what it reads now, as often as it is told", async () => {
    const roles = rolesOf(database);
    await as("owner").query(`GRANT SELECT ON users, tokens, role_mappings TO ${roles.verifier}`);
    await as("owner").query(`GRANT SELECT (email), UPDATE (username) ON users TO ${roles.verifier}`);
    await as("owner").query("GRANT EXECUTE ON FUNCTION latchkey_facts_changed TO PUBLIC");
    await as("verifier").query("SELECT email FROM users");
    for (let time = 0; time < 2; time += 1) {
      expect(await applyGrants(as("owner"), roles)).toEqual([]);
      for (const statement of ["SELECT email FROM users", "UPDATE users SET username = ''", "TABLE role_mappings"]) {
        await expect(as("verifier").query(statement)).rejects.toMatchObject(REFUSED);
      }
      await as("verifier").query("SELECT username, kind FROM users");
      const { rows } = await as("verifier").query(
        "SELECT has_function_privilege('latchkey_facts_changed()', 'execute') AS may",
      );
      expect(rows).toEqual([{ may: false }]);
    }
  });

  test("one role for everything works, and is warned about", async () => {
    const owner = new URL(database.ownerUrl).username;
    expect(await applyGrants(as("owner"), { portal: owner, verifier: owner, retention: owner })).toEqual([
      expect.stringContaining("protect nothing"),
    ]);
    await applyGrants(as("owner"), rolesOf(database));
    await expect(as("owner").query("SELECT count(*) FROM tokens")).resolves.toMatchObject({ rowCount: 1 });
  });

  test("where retention has no role of its own the portal's deletes what has aged, and that is warned about", async () => {
    const { portal, verifier } = rolesOf(database);
    expect(await applyGrants(as("owner"), { portal, verifier, retention: portal })).toEqual([
      expect.stringContaining("DATABASE_RETENTION_URL"),
    ]);
    await as("portal").query("DELETE FROM refusals WHERE at < now()");
    await as("portal").query("SELECT address FROM refusals");
    await applyGrants(as("owner"), rolesOf(database));
    await expect(as("portal").query("DELETE FROM refusals")).rejects.toMatchObject(REFUSED);
  });
});
