import type { Client } from "pg";
import { applyMigrations, isCurrent } from "#server/migrations/apply";
import { migrationsFolder } from "#server/migrations/folder";
import { connect } from "./connect";
import { applyGrants, type RoleNames } from "./grants";

/** Advisory lock of the database: one process at a time migrates. */
const MIGRATING = 7_200_003;

type Say = (sentence: string) => void;

/**
 * Brings a database to today's schema and gives the run-time roles what they may do, as one of any number of processes
 * that try to.
 * @param ownerUrl of the role that owns the tables
 * @param roles the run-time roles
 * @param say told in words what is done
 * @param afterwards done while still no other process may migrate
 * @returns the names of the migrations that were applied now, and what came of `afterwards`
 */
export async function migrate<T>(
  ownerUrl: string,
  roles: RoleNames,
  say: Say,
  afterwards: () => Promise<T>,
): Promise<{ applied: string[]; outcome: T }> {
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    await turn(owner, say);
    const applied = await applyMigrations(owner, ownerUrl, migrationsFolder(), say);
    if (applied.length > 0) say(`Database brought to today's schema: ${applied.join(", ")}.`);
    for (const warning of await applyGrants(owner, roles)) say(warning);
    return { applied, outcome: await afterwards() };
  } finally {
    await owner.end(); // and with it the lock
  }
}

/** Whether the database has today's schema, and an installation in it. */
export async function isSetUp(ownerUrl: string): Promise<boolean> {
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    if (!(await isCurrent(owner, migrationsFolder()))) return false;
    return (await owner.query("SELECT 1 FROM settings")).rowCount === 1;
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
