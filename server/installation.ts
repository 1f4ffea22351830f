import { system } from "#lib/auth/actors";
import { now } from "#lib/clock";
import { execute } from "#lib/commands/execute";
import { openDatabase as openPool } from "#lib/db/client";
import { type Configuration, readConfiguration } from "#lib/env";
import { openSetup } from "#lib/settings/commands/open-setup";
import { ensureInstallation } from "#lib/settings/installation";
import { isSetUp, migrate } from "#server/database/migrate-and-grant";
import { type Database, openDatabase } from "#server/database/open";
import { journalOf } from "#server/portal/journal";
import { codeOf, messageOf, StartFailure } from "./start-failure";

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

/** At a start nobody else writes, and the machine may be building. */
const PATIENCE = 10;

type Pool = ReturnType<typeof openPool>;

async function withPool<T>({ portalUrl }: Database, act: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(portalUrl, 2, PATIENCE);
  try {
    return await act(pool);
  } finally {
    await pool.$disconnect();
  }
}

/**
 * Compares a database that is set up with the journal of ends, before anybody serves it: a restored backup, or a copy
 * of another installation, is put into quarantine.
 * @returns whether it is in quarantine
 */
export async function isQuarantined(database: Database, at: Configuration): Promise<boolean> {
  const secrets = at.previousSecret === undefined ? [database.secret] : [database.secret, at.previousSecret];
  try {
    const seen = await withPool(database, (pool) => journalOf(pool, { ...at, secrets }).look());
    return seen !== null && seen.standing !== "follows" && seen.standing !== "begins";
  } catch (thrown) {
    if (codeOf(thrown) !== "EACCES") throw thrown;
    throw new StartFailure(`The journal of ends in ${at.dataFolder} cannot be read: ${messageOf(thrown)}`);
  }
}

/**
 * Migrates, gives the roles their rights, and makes a fresh database an installation; one process at a time.
 * @param then what else is to be done with the installation
 */
export async function bringUpToDate<T>(
  database: Database,
  say: Say,
  then: (pool: Pool) => Promise<T>,
): Promise<{ readonly applied: readonly string[]; readonly outcome: T }> {
  return migrate(database.ownerUrl, database.roles, say, () =>
    withPool(database, async (pool) => {
      await install(pool);
      return then(pool);
    }),
  );
}

/** A new code for the set-up link, or null once there is an admin. Links given out before stop working. */
export async function newSetupCode(pool: Pool): Promise<string | null> {
  const opened = await execute(pool, openSetup, system("start"), {}, now());
  if (opened.ok) return opened.value.output.code;
  if (opened.refusal.code === "ended") return null;
  throw new Error(opened.refusal.detail);
}

/** Nothing more. */
export const nothing = async (): Promise<void> => undefined;

async function install(pool: Pool): Promise<void> {
  try {
    await ensureInstallation(pool, system("start"), now());
  } catch (thrown) {
    if (!messageOf(thrown).includes("LATCHKEY_SECRET")) throw thrown;
    throw new StartFailure(
      "LATCHKEY_SECRET is not the one with which this database was set up: restore that one (with the embedded database it is the file secret in the data folder).",
    );
  }
}

/**
 * For a program that works on the installation beside, or without, a running portal (the CLI): opens its database,
 * starting the embedded one if need be, and sets up what is missing.
 * @returns what to call at the end
 */
export async function openInstallation(say: Say): Promise<() => Promise<void>> {
  const database = await openDatabase(configured(), false);
  announce(database);
  if (database.embedded && !(await isSetUp(database.ownerUrl))) await bringUpToDate(database, say, nothing);
  return database.close;
}
