import type { Client } from "pg";
import { connect } from "./connect";
import { applyGrants, type RoleNames } from "./grants";
import { MEND_INTERRUPTED, withSchemaEngine } from "./migrations/engine";
import { migrationsFolder, readMigrations } from "./migrations/folder";
import { messageOf, StartFailure } from "./start-failure";

/** Advisory lock of the database: one process at a time migrates. */
const MIGRATING = 7_200_003;

type Say = (sentence: string) => void;

/**
 * Brings a database to today's schema and gives the run-time roles what they may do, as one of any number of processes
 * that try to.
 * @param ownerUrl of the role that owns the tables
 * @param roles the run-time roles
 * @param say told in words what is done
 * @returns the names of the migrations that were applied now
 */
export async function migrate(
  ownerUrl: string,
  roles: RoleNames,
  say: Say,
  folder = migrationsFolder(),
): Promise<string[]> {
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    await turn(owner, say);
    if (await hasHistory(owner)) await owner.query(MEND_INTERRUPTED);
    const applied = await applyAll(ownerUrl, folder);
    if (applied.length > 0) say(`Database brought to today's schema: ${applied.join(", ")}.`);
    for (const warning of await applyGrants(owner, roles)) say(warning);
    return applied;
  } finally {
    await owner.end(); // and with it the lock
  }
}

async function turn(owner: Client, say: Say): Promise<void> {
  const { rows } = await owner.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [MIGRATING]);
  if (rows[0]?.got) return;
  say("Another process is migrating this database; waiting for it …");
  await owner.query("SELECT 1 FROM (SELECT pg_advisory_lock($1)) AS waited", [MIGRATING]);
}

async function hasHistory(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  return rows[0]?.there === true;
}

async function applyAll(ownerUrl: string, folder: string): Promise<string[]> {
  const migrationsList = readMigrations(folder);
  const filters = { externalTables: [], externalEnums: [] };
  try {
    const outcome = await withSchemaEngine(ownerUrl, (engine) => engine.applyMigrations({ migrationsList, filters }));
    return outcome.appliedMigrationNames;
  } catch (thrown) {
    throw new StartFailure(
      `The database could not be brought to today's schema: ${messageOf(thrown)}. Nothing of the failed migration is left in it; mend the cause and start again.`,
    );
  }
}
