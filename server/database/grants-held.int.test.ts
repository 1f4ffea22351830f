import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOAD_INSTALLATION, LOAD_TOKENS, PULL } from "#lib/verification/facts/statements";
import { createDatabase, type TestDatabase } from "#test/database";
import { FUNCTIONS, GRANTS, type RoleNames, VIEWS } from "./grants";
import { rolesOf } from "./open";

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

/** As `k`: the kinds of roles, and their names here. */
const KINDS_OF_ROLES = "unnest($1::text[], $2::text[]) k(kind, role)";
const kindsAndRoles = () => [Object.keys(rolesOf(database)), Object.values(rolesOf(database))];

describe("what each role holds, as PostgreSQL says, and the table of grants", () => {
  test("every table of the schema has its line in the table of grants", async () => {
    const { rows } = await owner.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    expect(rows.map((row) => row.name)).toEqual(Object.keys(GRANTS).sort());
  });

  test("each role holds exactly what its line says", async () => {
    const { rows } = await owner.query<{ table: string } & RoleNames>(
      `SELECT t.tablename AS table, ${["portal", "verifier", "retention"]
        .map(
          (role, i) =>
            `concat_ws(' ', ${["select", "insert", "update", "delete", "truncate", "references", "trigger"]
              .map(
                (right) =>
                  `CASE WHEN has_table_privilege($${i + 1}, quote_ident(t.tablename), '${right}') THEN '${right}' END`,
              )
              .join(", ")}) AS ${role}`,
        )
        .join(", ")} FROM pg_tables t WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      Object.values(rolesOf(database)),
    );
    // Rights to single columns are no rights to the table.
    const whole = (rights: string) => rights.replaceAll(/\w+\(\S+\)/g, "").trim();
    const said = Object.entries(GRANTS).map(([table, { portal, verifier, retention = "" }]) => [
      table,
      { portal: whole(portal), verifier: whole(verifier), retention: whole(retention) },
    ]);
    expect(Object.fromEntries(rows.map(({ table, ...rights }) => [table, rights]))).toEqual(Object.fromEntries(said));
  });

  test("each role holds exactly the columns that its line names, of tables that it does not hold whole", async () => {
    const { rows } = await owner.query<{ held: string }>(
      `SELECT concat(k.kind, ' ', p.right, ' ', c.relname, '.', a.attname) AS held
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped, ${KINDS_OF_ROLES},
         unnest('{select,insert,update,references}'::text[]) p("right")
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
         AND NOT has_table_privilege(k.role, c.oid, p.right) AND has_column_privilege(k.role, c.oid, a.attnum, p.right)`,
      kindsAndRoles(),
    );
    const said = Object.entries(GRANTS).flatMap(([table, byKind]) =>
      Object.entries(byKind).flatMap(([kind, rights]) =>
        [...rights.matchAll(/(\w+)\((\S+)\)/g)].flatMap(([, right, columns = ""]) =>
          columns.split(",").map((column) => `${kind} ${right} ${table}.${column}`),
        ),
      ),
    );
    expect(rows.map(({ held }) => held).sort()).toEqual(said.sort());
  });

  test("what is no table of ours is read by nobody, but the views that are named", async () => {
    const { rows } = await owner.query<{ held: string }>(
      `SELECT concat(k.kind, ' ', p.right, ' ', c.relname) AS held
       FROM pg_class c, ${KINDS_OF_ROLES}, unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) p("right")
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
         AND c.relname <> ALL($3) AND has_table_privilege(k.role, c.oid, p.right)`,
      [...kindsAndRoles(), Object.keys(GRANTS)],
    );
    const said = VIEWS.flatMap((view) => [`portal select ${view}`, `verifier select ${view}`]);
    expect(rows.map(({ held }) => held).sort()).toEqual(said.sort());
  });

  test("functions that run as their owner are called by those who are named, and by nobody else", async () => {
    const { rows } = await owner.query<{ name: string; kinds: string[] }>(
      `SELECT f.proname AS name, array_agg(k.kind) FILTER (WHERE has_function_privilege(k.role, f.oid, 'execute')) AS kinds
       FROM pg_proc f, ${KINDS_OF_ROLES} WHERE f.pronamespace = 'public'::regnamespace AND f.prosecdef GROUP BY f.oid`,
      kindsAndRoles(),
    );
    expect(Object.fromEntries(rows.map(({ name, kinds }) => [name, kinds ?? []]))).toEqual(FUNCTIONS);
    expect(rows).toHaveLength(Object.keys(FUNCTIONS).length);
  });

  test("the verifier may read of people and tokens what its statements name, and no more; and they run", async () => {
    for (const [table, letter] of [
      ["users", "u"],
      ["tokens", "t"],
    ] as const) {
      const named = [...LOAD_TOKENS.text.matchAll(new RegExp(`\\b${letter}\\.(\\w+)`, "g"))].map(
        ([, column]) => column,
      );
      const held = /^select\((.+)\)$/.exec(GRANTS[table]?.verifier ?? "")?.[1]?.split(",");
      expect(held?.sort()).toEqual([...new Set(named)].sort());
    }
    const verifier = new Client({ connectionString: database.verifierUrl });
    await verifier.connect();
    await verifier.query(LOAD_TOKENS.text, ["{}"]);
    await verifier.query(PULL.text, [0, null, null]);
    await verifier.query(LOAD_INSTALLATION.text);
    await verifier.end();
  });
});
