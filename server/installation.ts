import { now } from "#lib/clock";
import { openDatabase as openPool } from "#lib/db/client";
import { type Configuration, readConfiguration } from "#lib/env";
import { adminExists, ensureInstallation, openSetup } from "#lib/settings/installation";
import { type Database, openDatabase } from "./database";
import { migrate, needsMigration } from "./migrate";
import { messageOf, StartFailure } from "./start-failure";

type Say = (sentence: string) => void;

/** The configuration of this process. Throws a StartFailure that says what is wrong with it. */
export function configured(): Configuration {
  const read = readConfiguration(process.env);
  if (!read.ok) throw new StartFailure(read.refusal.detail);
  return read.value;
}

/** Tells the rest of this process, which reads the environment at first use, what has been found out meanwhile. */
export function announce(database: Database): void {
  process.env.DATABASE_URL = database.portalUrl;
  process.env.LATCHKEY_SECRET = database.secret;
}

/** Migrates, gives the roles their rights, and makes a fresh database an installation; one process at a time. */
export function bringUpToDate(database: Database, say: Say): Promise<string[]> {
  return migrate(database.ownerUrl, database.roles, say, () => withPool(database, install));
}

/** Whether the database has today's schema and an installation in it, so that programs can work on it. */
export async function isSetUp(database: Database): Promise<boolean> {
  if (await needsMigration(database.ownerUrl)) return false;
  return withPool(database, async (pool) => (await pool.settings.count()) > 0);
}

type Pool = ReturnType<typeof openPool>;

async function withPool<T>(database: Database, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(database.portalUrl, 2);
  try {
    return await work(pool);
  } finally {
    await pool.$disconnect();
  }
}

async function install(pool: Pool): Promise<void> {
  try {
    await ensureInstallation(pool, now());
  } catch (thrown) {
    if (!messageOf(thrown).includes("LATCHKEY_SECRET")) throw thrown;
    throw new StartFailure(
      "LATCHKEY_SECRET is not the one with which this database was set up: restore that one (with the embedded database it is the file secret in the data folder).",
    );
  }
}

/** The code of a new set-up link, or null once there is an admin. */
export function setupCode(database: Database): Promise<string | null> {
  return withPool(database, async (pool) => ((await adminExists(pool)) ? null : openSetup(pool, now())));
}

/**
 * For a program that works on the installation beside, or without, a running portal (the CLI): opens its database,
 * starting the embedded one if need be, and sets up what is missing.
 * @returns what to call at the end
 */
export async function openInstallation(say: Say): Promise<() => Promise<void>> {
  const database = await openDatabase(configured(), false);
  announce(database);
  if (database.embedded && !(await isSetUp(database))) await bringUpToDate(database, say);
  return database.close;
}
