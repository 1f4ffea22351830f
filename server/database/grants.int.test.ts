import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { applyGrants, GRANTS } from "./grants";

let database: TestDatabase;
const clients = new Map<string, Client>();

beforeAll(async () => {
  database = await createDatabase();
  for (const [role, url] of Object.entries({
    owner: database.ownerUrl,
    portal: database.portalUrl,
    verifier: database.verifierUrl,
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

function as(role: "owner" | "portal" | "verifier"): Client {
  const client = clients.get(role);
  if (!client) throw new Error(`nobody is connected as ${role}`);
  return client;
}

const REFUSED = { code: "42501" };

describe("what the roles of the database may do", () => {
  test("every table of the schema has its line in the table of grants", async () => {
    const { rows } = await as("owner").query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    expect(rows.map((row) => row.name)).toEqual(Object.keys(GRANTS).sort());
  });

  test("each role holds exactly what its line says", async () => {
    const { rows } = await as("owner").query<{ table: string; portal: string; verifier: string }>(
      `SELECT t.tablename AS table, ${["portal", "verifier"]
        .map(
          (_role, i) =>
            `concat_ws(' ', ${["select", "insert", "update", "delete", "truncate", "references", "trigger"]
              .map(
                (right) =>
                  `CASE WHEN has_table_privilege($${i + 1}, quote_ident(t.tablename), '${right}') THEN '${right}' END`,
              )
              .join(", ")}) AS ${i === 0 ? "portal" : "verifier"}`,
        )
        .join(", ")} FROM pg_tables t WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      [new URL(database.portalUrl).username, new URL(database.verifierUrl).username],
    );
    // Rights to single columns are no rights to the table.
    const whole = (rights: string) => rights.replaceAll(/ \w+\(\S+\)/g, "");
    const said = Object.entries(GRANTS).map(([table, { portal, verifier }]) => [
      table,
      { portal: whole(portal), verifier: whole(verifier) },
    ]);
    expect(Object.fromEntries(rows.map(({ table, portal, verifier }) => [table, { portal, verifier }]))).toEqual(
      Object.fromEntries(said),
    );
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
  ])("the verifier can neither read secrets nor write facts: %s", async (statement) => {
    await expect(as("verifier").query(statement)).rejects.toMatchObject(REFUSED);
  });

  test.each(["portal", "verifier"] as const)("the %s owns nothing and makes no tables", async (role) => {
    await expect(as(role).query("CREATE TABLE mine (id int)")).rejects.toMatchObject(REFUSED);
    await expect(as(role).query("ALTER TABLE tokens DISABLE TRIGGER ALL")).rejects.toMatchObject(REFUSED);
  });

  test("the verifier notes the use of a token, and how far it is", async () => {
    await as("verifier").query(
      "INSERT INTO token_usage (token_id, first_used_at, allowed) VALUES (gen_random_uuid(), now(), 1) ON CONFLICT (token_id) DO UPDATE SET allowed = token_usage.allowed + 1",
    );
    await as("verifier").query(
      "INSERT INTO verifier_lease (id, epoch, applied, seen_at, bound_seconds) SELECT 'here', epoch, seq, now(), 10 FROM change_head",
    );
    const { rows } = await as("portal").query("SELECT applied FROM verifier_lease WHERE id = 'here'");
    expect(rows).toHaveLength(1);
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
    const roles = { portal: new URL(database.portalUrl).username, verifier: new URL(database.verifierUrl).username };
    await as("owner").query(`GRANT ALL ON keys, audit_events TO ${roles.verifier}`);
    expect(await applyGrants(as("owner"), roles)).toEqual([]);
    await expect(as("verifier").query("SELECT * FROM keys")).rejects.toMatchObject(REFUSED);
  });

  test("one role for everything works, and is warned about", async () => {
    const owner = new URL(database.ownerUrl).username;
    expect(await applyGrants(as("owner"), { portal: owner, verifier: owner })).toEqual([
      expect.stringContaining("protect nothing"),
    ]);
    await expect(as("owner").query("SELECT count(*) FROM tokens")).resolves.toMatchObject({ rowCount: 1 });
  });
});
