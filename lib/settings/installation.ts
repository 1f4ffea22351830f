import type { SystemViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { beginKeys } from "#lib/keys/begin";
import { createInstallation } from "./commands/create-installation";

/**
 * Makes a fresh database an installation: keys, settings, the built-in application, the first groups, tiers and
 * delegations. Does nothing where that has been done. Called at every start, after the migrations.
 * @param by the part of Latchkey that starts it, for the audit log
 * @param now epoch milliseconds
 * @throws when LATCHKEY_SECRET does not open the keys that are there
 */
export async function ensureInstallation(db: Database, by: SystemViewer, now: number): Promise<void> {
  // Before the first command: it signs its audit row with one of them.
  await beginKeys(db, by, now);
  const done = await execute(db, createInstallation, by, {}, now);
  if (!done.ok) throw new Error(done.refusal.detail);
}
