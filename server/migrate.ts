import type { Client } from "pg";
import { connect } from "./connect";
import { applyGrants, type RoleNames } from "./grants";
import { MEND_INTERRUPTED, withSchemaEngine } from "./migrations/engine";
import { migrationNames, migrationsFolder, readMigrations } from "./migrations/folder";
import { messageOf, StartFailure } from "./start-failure";

/** Advisory lock of the database: one process at a time migrates. */
const MIGRATING = 7_200_003;

type Say = (sentence: string) => void;

type Options = {
  /** Where the migrations are. */
  readonly folder?: string;
  /** Done while still no other process may migrate. */
  readonly afterwards?: () => Promise<void>;
};

/**
 * Brings a database to today's schema and gives the run-time roles what they may do, as one of any number of processes
 * that try to.
 * @param ownerUrl of the role that owns the tables
 * @param roles the run-time roles
 * @param say told in words what is done
 * @returns the names of the migrations that were applied now
 */
export async function migrate(ownerUrl: string, roles: RoleNames, say: Say, options: Options = {}): Promise<string[]> {
  const folder = options.folder ?? migrationsFolder();
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    await turn(owner, say);
    const applied = (await isCurrent(owner, folder)) ? [] : await applyAll(owner, ownerUrl, folder);
    if (applied.length > 0) say(`Database brought to today's schema: ${applied.join(", ")}.`);
    for (const warning of await applyGrants(owner, roles)) say(warning);
    await options.afterwards?.();
    return applied;
  } finally {
    await owner.end(); // and with it the lock
  }
}

/** Whether something is to be done at all; one query. */
export async function needsMigration(ownerUrl: string): Promise<boolean> {
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    return !(await isCurrent(owner, migrationsFolder()));
  } finally {
    await owner.end();
  }
}

async function turn(owner: Client, say: Say): Promise<void> {
  const { rows } = await owner.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [MIGRATING]);
  if (rows[0]?.got) return;
  say("Another process is migrating this database; waiting for it …");
  await owner.query("SELECT 1 FROM (SELECT pg_advisory_lock($1)) AS waited", [MIGRATING]);
}

/** Every migration of the folder is applied. */
async function isCurrent(owner: Client, folder: string): Promise<boolean> {
  if (!(await hasHistory(owner))) return false;
  const { rows } = await owner.query<{ name: string }>(
    'SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Set(rows.map((row) => row.name));
  return migrationNames(folder).every((name) => applied.has(name));
}

async function hasHistory(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  return rows[0]?.there === true;
}

async function applyAll(owner: Client, ownerUrl: string, folder: string): Promise<string[]> {
  if (await hasHistory(owner)) await owner.query(MEND_INTERRUPTED);
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
