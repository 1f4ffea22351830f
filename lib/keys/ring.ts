import type { Database } from "#lib/db/client";
import { type KeyPurpose, type SigningKey, unwrapKey } from "./key";
import { stillOpens } from "./life";
import { acceptedWrappingKeys } from "./secrets";

/** The keys of one purpose: the one to sign with, and all that still open what they made. */
export type KeyRing = { readonly active: SigningKey; readonly all: ReadonlyMap<string, SigningKey> };

// A rotated key is picked up within this time; the old one keeps verifying meanwhile.
export const REREAD_AFTER_MS = 10_000;

type Cached = { readonly ring: KeyRing; readonly readAt: number };
const holder = globalThis as typeof globalThis & { latchkeyRings?: WeakMap<Database, Map<KeyPurpose, Cached>> };

/**
 * Reads and unwraps the keys of a purpose, at most every ten seconds.
 * @throws if there is no active key, or LATCHKEY_SECRET does not open it: nothing can be signed then
 */
export async function keyRing(db: Database, purpose: KeyPurpose, now: number): Promise<KeyRing> {
  holder.latchkeyRings ??= new WeakMap();
  const rings = holder.latchkeyRings.get(db) ?? new Map<KeyPurpose, Cached>();
  holder.latchkeyRings.set(db, rings);
  const cached = rings.get(purpose);
  if (cached !== undefined && Math.abs(now - cached.readAt) < REREAD_AFTER_MS) return cached.ring;
  const ring = await readRing(db, purpose, now);
  rings.set(purpose, { ring, readAt: now });
  return ring;
}

async function readRing(db: Database, purpose: KeyPurpose, now: number): Promise<KeyRing> {
  const wrapping = acceptedWrappingKeys(purpose);
  const rows = await db.key.findMany({ where: { purpose, state: { not: "leaked" } } });
  const all = new Map<string, SigningKey>();
  let active: SigningKey | null = null;
  for (const row of rows) {
    const key = unwrapKey(row.kid, row.wrapped, wrapping);
    if (key === null || !stillOpens(purpose, row.retiredAt?.getTime() ?? null, now)) continue;
    all.set(key.kid, key);
    if (row.state === "active") active = key;
  }
  if (active === null) {
    throw new Error(`No ${purpose} key can be opened: LATCHKEY_SECRET is not the one this database was set up with`);
  }
  return { active, all };
}
