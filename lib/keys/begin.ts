import type { SystemViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { rewrapKeys } from "./commands/rewrap";
import { ensureKeys } from "./ensure";
import { USED_PURPOSES } from "./key";

/**
 * Sees to the keys at a start: each purpose has its own, wrapped with the LATCHKEY_SECRET of today.
 * @param now epoch milliseconds
 * @throws when LATCHKEY_SECRET does not open the keys that are there
 */
export async function beginKeys(db: Database, by: SystemViewer, now: number): Promise<void> {
  for (const purpose of USED_PURPOSES) await ensureKeys(db, purpose, now);
  const wrapped = await execute(db, rewrapKeys, by, {}, now);
  if (!wrapped.ok) throw new Error(wrapped.refusal.detail);
}
