import type { Database } from "#lib/db/client";
import { env } from "#lib/env";
import { type KeyPurpose, newKey, wrapKey } from "./key";

/**
 * Sees to it that a purpose has an active key. Two processes at once make one: the partial unique index decides.
 * @param now epoch milliseconds
 */
export async function ensureKey(db: Database, purpose: KeyPurpose, now: number): Promise<void> {
  if ((await db.key.count({ where: { purpose, state: "active" } })) > 0) return;
  const key = newKey(purpose);
  await db.$executeRaw`
    INSERT INTO keys (kid, purpose, state, wrapped, created_at, activated_at)
    VALUES (${key.kid}, ${purpose}::key_purpose, 'active', ${wrapKey(key, env().secret)}, ${new Date(now)}, ${new Date(now)})
    ON CONFLICT DO NOTHING`;
}
