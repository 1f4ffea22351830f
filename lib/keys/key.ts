import { hkdfSync, randomBytes } from "node:crypto";
import { seal, unseal } from "./sealed";

export type KeyPurpose = "session" | "assertion" | "vault" | "audit" | "mail";

/** A key ready for use: its name and its 32 random bytes. */
export type SigningKey = { readonly kid: string; readonly secret: Buffer };

/** The key that wraps keys: HKDF-SHA-256 over LATCHKEY_SECRET. */
function wrappingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "latchkey", "key-wrapping-v1", 32));
}

/** Makes a new key for a purpose. The kid carries the purpose for people; it is not a secret. */
export function newKey(purpose: KeyPurpose): SigningKey {
  return { kid: `${purpose}-${randomBytes(8).toString("hex")}`, secret: randomBytes(32) };
}

/**
 * Wraps a key for the key table. The kid is bound as associated data: a row's value cannot be moved to another row.
 * @param secret LATCHKEY_SECRET
 */
export function wrapKey(key: SigningKey, secret: string): Buffer {
  return seal(wrappingKey(secret), key.secret, key.kid);
}

/**
 * Opens a wrapped key.
 * @param secrets LATCHKEY_SECRET, then the previous one during a rotation
 * @returns the key, or null when none of the secrets opens it
 */
export function unwrapKey(kid: string, wrapped: Uint8Array, secrets: readonly string[]): SigningKey | null {
  for (const secret of secrets) {
    const opened = unseal(wrappingKey(secret), wrapped, kid);
    if (opened !== null) return { kid, secret: opened };
  }
  return null;
}
