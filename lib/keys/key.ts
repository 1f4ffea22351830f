import { createECDH, hkdfSync, randomBytes } from "node:crypto";
import { seal, unseal } from "./sealed";

export const KEY_PURPOSES = ["session", "assertion", "vault", "audit", "mail"] as const;

export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** Those of which there are keys: no mail is sent yet. */
export const USED_PURPOSES = ["audit", "session", "vault", "assertion"] as const satisfies readonly KeyPurpose[];

/** A key ready for use: its name and its 32 bytes; of an assertion key they are the private number on the curve P-256. */
export type SigningKey = { readonly kid: string; readonly secret: Buffer };

/**
 * The key that wraps the keys of one purpose: HKDF-SHA-256 over LATCHKEY_SECRET. Whoever has it can work out neither
 * LATCHKEY_SECRET nor the one of another purpose, so a verifier is given that of assertions alone.
 */
export function wrappingKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "latchkey", `key-wrapping-v2 ${purpose}`, 32));
}

/** What wrapped the keys of every purpose before each had its own; opened with until the next start has wrapped them anew. */
const commonWrappingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "latchkey", "key-wrapping-v1", 32));

/** What may have wrapped a key of this purpose. @param secrets LATCHKEY_SECRET, then the previous one during a rotation */
export const wrappingKeys = (purpose: KeyPurpose, secrets: readonly string[]): readonly Buffer[] => [
  ...secrets.map((secret) => wrappingKey(secret, purpose)),
  ...secrets.map(commonWrappingKey),
];

/** A random number on the curve, in 32 bytes: nearly all are, and the library takes care of the others. */
function curveSecret(): Buffer {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  return Buffer.from(pair.getPrivateKey("hex").padStart(64, "0"), "hex");
}

/** Makes a new key for a purpose. The kid carries the purpose for people; it is not a secret. */
export function newKey(purpose: KeyPurpose): SigningKey {
  const secret = purpose === "assertion" ? curveSecret() : randomBytes(32);
  return { kid: `${purpose}-${randomBytes(8).toString("hex")}`, secret };
}

/** Wraps a key for the key table. The kid is bound as associated data: a row's value cannot be moved to another row. */
export function wrapKey(key: SigningKey, wrapping: Buffer): Buffer {
  return seal(wrapping, key.secret, key.kid);
}

/** Opens a wrapped key. @returns the key, or null when none of these opens it */
export function unwrapKey(kid: string, wrapped: Uint8Array, wrapping: readonly Buffer[]): SigningKey | null {
  for (const each of wrapping) {
    const opened = unseal(each, wrapped, kid);
    if (opened !== null) return { kid, secret: opened };
  }
  return null;
}
