import type { Transaction } from "#lib/db/client";
import { type KeyPurpose, type SigningKey, wrapKey } from "./key";
import { currentWrappingKey } from "./secrets";

/** A key as it lies in the key table. */
export type KeyRow = {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly state: "next" | "active" | "retired" | "leaked";
  readonly wrapped: Uint8Array;
  readonly createdAt: Date;
};

/** Locks the keys of a purpose, or all: of two that change them, the second sees what the first did. */
export async function lockKeys(tx: Transaction, purpose: KeyPurpose | null): Promise<readonly KeyRow[]> {
  await tx.$executeRaw`SELECT kid FROM keys WHERE ${purpose}::key_purpose IS NULL OR purpose = ${purpose}::key_purpose ORDER BY kid FOR UPDATE`;
  const where = purpose === null ? {} : { purpose };
  return tx.key.findMany({ where, orderBy: { kid: "asc" } });
}

/** What becomes of a key that signs no more: `leaked` opens nothing from now on. */
export type Gone = "retired" | "leaked";

/** The active key goes, the next one takes its place, and `fresh` will be the one after. */
export async function takeTurns(
  tx: Transaction,
  turn: { purpose: KeyPurpose; active: string; next: string; fresh: SigningKey; gone: Gone },
  now: number,
): Promise<void> {
  const { purpose, active, next, fresh, gone } = turn;
  const at = new Date(now);
  await tx.key.update({ where: { kid: active }, data: { state: gone, retiredAt: at } });
  await tx.key.update({ where: { kid: next }, data: { state: "active", activatedAt: at } });
  const wrapped = new Uint8Array(wrapKey(fresh, currentWrappingKey(purpose)));
  await tx.key.create({ data: { kid: fresh.kid, purpose, state: "next", wrapped, createdAt: at } });
}

/** Puts a key back under another wrapping. */
export async function rewrap(tx: Transaction, purpose: KeyPurpose, key: SigningKey): Promise<void> {
  const wrapped = new Uint8Array(wrapKey(key, currentWrappingKey(purpose)));
  await tx.key.update({ where: { kid: key.kid }, data: { wrapped } });
}
