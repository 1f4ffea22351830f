import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export type KeyPurpose = "session" | "assertion" | "vault" | "audit" | "mail";

/** A key ready for use: its name and its 32 random bytes. */
export type SigningKey = { readonly kid: string; readonly secret: Buffer };

// 12 bytes of nonce, 16 of tag: AES-256-GCM (NIST SP 800-38D).
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

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
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", wrappingKey(secret), nonce).setAAD(Buffer.from(key.kid));
  return Buffer.concat([nonce, cipher.update(key.secret), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens a wrapped key.
 * @param secrets LATCHKEY_SECRET, then the previous one during a rotation
 * @returns the key, or null when none of the secrets opens it
 */
export function unwrapKey(kid: string, wrapped: Uint8Array, secrets: readonly string[]): SigningKey | null {
  const bytes = Buffer.from(wrapped);
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  for (const secret of secrets) {
    const decipher = createDecipheriv("aes-256-gcm", wrappingKey(secret), bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(kid)).setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return { kid, secret: opened };
    } catch {
      // The tag does not fit: wrapped with another secret.
    }
  }
  return null;
}
