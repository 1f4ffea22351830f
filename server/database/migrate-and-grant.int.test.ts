import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations, isCurrent } from "#server/migrations/apply";
import { migrationNames, migrationsFolder } from "#server/migrations/folder";
import { createEmptyDatabase, type TestDatabase } from "#test/database";
import { waitUntil } from "#test/upstreams/wait-until";
import { migrate } from "./migrate-and-grant";
import { rolesOf } from "./open";

const root = mkdtempSync(join(tmpdir(), "latchkey-migrations-"));
let database: TestDatabase;
let owner: Client;

beforeEach(async () => {
  database = await createEmptyDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  owner.on("error", () => undefined);
  await owner.connect();
});

afterEach(async () => {
  await owner.end();
  await database.drop();
});

afterAll(() => rmSync(root, { recursive: true }));

const run = (said: string[] = []) => {
  return migrate(
    database.ownerUrl,
    rolesOf(database),
    (sentence) => said.push(sentence),
    async () => undefined,
  ).then(({ applied }) => applied);
};

const apply = (folder: string) => applyMigrations(owner, database.ownerUrl, folder);

/** A folder of migrations: one that makes a table, and one more. */
function withOneMore(sql: string): string {
  const folder = mkdtempSync(join(root, "folder-"));
  writeFileSync(join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
  mkdirSync(join(folder, "0000_base"));
  writeFileSync(join(folder, "0000_base", "migration.sql"), "CREATE TABLE base (id int);");
  mkdirSync(join(folder, "0001_more"));
  writeFileSync(join(folder, "0001_more", "migration.sql"), sql);
  return folder;
}

const names = async (): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    )
  ).rows.map((row) => row.name);

describe("migrating", { timeout: 60_000 }, () => {
  test("brings an empty database to today's schema, says what it did, and does nothing the second time", async () => {
    const said: string[] = [];
    expect(await isCurrent(owner, migrationsFolder())).toBe(false);
    expect(await run(said)).toEqual(migrationNames(migrationsFolder()));
    expect(said).toEqual([expect.stringContaining("0001_")]);
    expect(await isCurrent(owner, migrationsFolder())).toBe(true);
    expect(await run(said)).toEqual([]);
    expect(said).toHaveLength(1);
    expect(await names()).toContain("audit_events");
  });

  test("leaves no function that runs as its owner to everybody, even where no grants come behind it", async () => {
    await apply(migrationsFolder());
    const { rows } = await owner.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
       AND has_function_privilege('public', oid, 'execute')`,
    );
    expect(rows).toEqual([]);
  });

  test("is done once by three processes at the same time", async () => {
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(migrationNames(migrationsFolder()));
    const { rows } = await owner.query('SELECT count(*)::int AS rows FROM "_prisma_migrations"');
    expect(rows).toEqual([{ rows: migrationNames(migrationsFolder()).length }]);
  });

  test("leaves nothing of a migration that fails, says why, and does it again when it is mended", async () => {
    const broken = withOneMore("CREATE TABLE half (id int); CREATE TABLE half (id int);");
    await expect(apply(broken)).rejects.toThrow(
      /could not be brought to today's schema:.*half.*already exists.*Nothing of the failed/,
    );
    expect(await names()).toEqual(["_prisma_migrations", "base"]);
    writeFileSync(join(broken, "0001_more", "migration.sql"), "CREATE TABLE whole (id int);");
    expect(await apply(broken)).toEqual(["0001_more"]);
    expect(await names()).toEqual(["_prisma_migrations", "base", "whole"]);
  });

  test("goes on after a connection was killed in the middle of a migration", async () => {
    const folder = withOneMore("CREATE TABLE more (id int); SELECT pg_terminate_backend(pg_backend_pid());");
    await expect(apply(folder)).rejects.toThrow();
    expect(await names()).toEqual(["_prisma_migrations", "base"]);
    writeFileSync(join(folder, "0001_more", "migration.sql"), "CREATE TABLE more (id int);");
    expect(await apply(folder)).toContain("0001_more");
    expect(await names()).toEqual(["_prisma_migrations", "base", "more"]);
  });

  test("goes on after a process was killed between a migration's commit and its being noted", async () => {
    const folder = withOneMore("CREATE TABLE more (id int);");
    expect(await apply(folder)).toContain("0001_more");
    // As it stands at that moment: the script's own mark is there, Prisma's is not.
    await owner.query(
      `UPDATE "_prisma_migrations" SET finished_at = NULL, applied_steps_count = 0 WHERE migration_name = '0001_more'`,
    );
    const { rows } = await owner.query(`SELECT logs FROM "_prisma_migrations" WHERE migration_name = '0001_more'`);
    expect(rows).toEqual([{ logs: "committed" }]);
    expect(await apply(folder)).toEqual([]);
    expect(await names()).toEqual(["_prisma_migrations", "base", "more"]);
  });

  test("steps back for whoever reads a table, so that nobody waits behind it, and goes on when they are done", async () => {
    const folder = withOneMore("SELECT 1;");
    await apply(folder);
    mkdirSync(join(folder, "0002_alters"));
    writeFileSync(join(folder, "0002_alters", "migration.sql"), "ALTER TABLE base ADD COLUMN more int;");
    const dump = new Client({ connectionString: database.ownerUrl });
    await dump.connect();
    await dump.query("BEGIN; SELECT * FROM base;");
    const said: string[] = [];
    const applied = applyMigrations(owner, database.ownerUrl, folder, (sentence) => said.push(sentence));
    await waitUntil("it says that it waits", () => said[0]);
    expect(said[0]).toContain("waiting for them to let go");
    const reader = new Client({ connectionString: database.ownerUrl, query_timeout: 30_000 });
    await reader.connect();
    await reader.query("SELECT * FROM base"); // behind a script that waits for the dump, nobody would come to it
    await reader.end();
    await dump.end();
    expect(await applied).toEqual(["0002_alters"]);
    expect(said).toHaveLength(1);
  });

  test("runs functions whose bodies have semicolons", async () => {
    const folder = withOneMore(
      "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;",
    );
    expect(await apply(folder)).toContain("0001_more");
    expect((await owner.query("SELECT two()")).rows).toEqual([{ two: 2 }]);
  });

  test("says which URL is wrong, and how, without its password", async () => {
    const roles = { portal: "a", verifier: "b", retention: "b" };
    const wrong = (part: "password" | "pathname" | "port", value: string) => {
      const url = new URL(database.ownerUrl);
      url[part] = value;
      return migrate(
        url.href,
        roles,
        () => undefined,
        async () => undefined,
      ).then(() => "accepted", String);
    };
    const sentence = await wrong("password", "hunter2");
    expect(sentence).toMatch(/The database .* \(DATABASE_OWNER_URL\) cannot be used: the password is wrong/);
    expect(sentence).not.toContain("hunter2");
    expect(await wrong("pathname", "/nowhere")).toContain("there is no such database");
    expect(await wrong("port", "1")).toContain("nothing listens there");
  });
});
