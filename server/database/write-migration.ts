import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { atTheEdge } from "#server/edge";
import { withSchemaEngine } from "#server/migrations/engine";
import { migrationNames, migrationsFolder } from "#server/migrations/folder";
import { nextMigration } from "#server/migrations/name";
import { projectFolder } from "#server/project";
import { StartFailure } from "#server/start-failure";

const SCHEMA = "prisma/schema.prisma";

/**
 * `npm run db:migration -- NAME`: writes what leads from the schema of the last commit to today's. Schema to schema, not
 * from a database, whose hand-written indexes and triggers a diff would propose to drop.
 */
async function writeMigration(): Promise<void> {
  const today = readFileSync(join(projectFolder(), SCHEMA), "utf8");
  const script = await difference(committedSchema(), today);
  if (script.trim() === "" || script.includes("This is an empty migration")) {
    throw new StartFailure(`${SCHEMA} is as in the last commit: change it first.`);
  }
  const name = nextMigration(process.argv[3], migrationNames(migrationsFolder()));
  const folder = join(migrationsFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), script);
  process.stdout.write(
    `Wrote prisma/migrations/${name}/migration.sql: read it, and add by hand what the schema cannot say.\n`,
  );
}

function committedSchema(): string {
  try {
    return execFileSync("git", ["show", `HEAD:${SCHEMA}`], { cwd: projectFolder(), encoding: "utf8" });
  } catch {
    throw new StartFailure(`git knows no ${SCHEMA} of the last commit: commit the schema that the database has now.`);
  }
}

async function difference(from: string, to: string): Promise<string> {
  const schema = (content: string) => ({ tag: "schemaDatamodel" as const, files: [{ path: SCHEMA, content }] });
  const result = await withSchemaEngine("postgresql://nobody@127.0.0.1/nothing", (engine) =>
    engine.diff({
      from: schema(from),
      to: schema(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return result.stdout ?? "";
}

await atTheEdge(writeMigration);
