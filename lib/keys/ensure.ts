import type { Database } from "#lib/db/client";
import { type KeyPurpose, newKey, wrapKey } from "./key";
import { currentWrappingKey } from "./secrets";

/**
 * Sees to it that a purpose has an active key, and the one that will be next, which everybody learns of before it signs.
 * Two processes at once make one of each: the partial unique indexes decide.
 * @param now epoch milliseconds
 */
export async function ensureKeys(db: Database, purpose: KeyPurpose, now: number): Promise<void> {
  const there = await db.key.findMany({ where: { purpose, state: { not: "retired" } }, select: { state: true } });
  for (const state of ["active", "next"] as const) {
    if (there.some((key) => key.state === state)) continue;
    const key = newKey(purpose);
    const wrapped = wrapKey(key, currentWrappingKey(purpose));
    const at = new Date(now);
    await db.$executeRaw`
      INSERT INTO keys (kid, purpose, state, wrapped, created_at, activated_at)
      VALUES (${key.kid}, ${purpose}::key_purpose, ${state}::key_state, ${wrapped}, ${at}, ${state === "active" ? at : null})
      ON CONFLICT DO NOTHING`;
  }
}
