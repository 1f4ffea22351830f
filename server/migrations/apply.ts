import type { Client } from "pg";
import { messageOf, StartFailure } from "#server/start-failure";
import { MEND_INTERRUPTED, withSchemaEngine } from "./engine";
import { migrationNames, readMigrations } from "./folder";

const WAITING =
  "The database's tables are held by somebody else (a dump, or a transaction left open); waiting for them to let go …";

/** Every migration of the folder is applied. */
export async function isCurrent(owner: Client, folder: string): Promise<boolean> {
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

/**
 * Applies what is missing, each migration wholly or not at all, and goes on where a killed process left off.
 * @param owner a connection as the owner, which holds off other processes
 * @param ownerUrl the same for Prisma's engine
 * @param say told in words what it waits for
 * @returns the names of what was applied
 */
export async function applyMigrations(
  owner: Client,
  ownerUrl: string,
  folder: string,
  say: (sentence: string) => void = () => undefined,
): Promise<string[]> {
  if (await isCurrent(owner, folder)) return [];
  if (await hasHistory(owner)) await owner.query(MEND_INTERRUPTED);
  const migrationsList = readMigrations(folder);
  const filters = { externalTables: [], externalEnums: [] };
  try {
    const outcome = await withSchemaEngine(
      ownerUrl,
      (engine) => engine.applyMigrations({ migrationsList, filters }),
      () => say(WAITING),
    );
    return outcome.appliedMigrationNames;
  } catch (thrown) {
    throw new StartFailure(
      `The database could not be brought to today's schema: ${messageOf(thrown)}. Nothing of the failed migration is left in it; mend the cause and start again.`,
    );
  }
}
