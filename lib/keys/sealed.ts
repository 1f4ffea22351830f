import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

// 12 bytes of nonce, 16 of tag: AES-256-GCM (NIST SP 800-38D).
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a few bytes for the database: nonce, ciphertext, tag.
 * @param key 32 bytes
 * @param place names the row that it belongs to: it opens nowhere else
 */
export function seal(key: Buffer, plain: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * The reverse.
 * @returns null for another key, another place, or a changed bit
 */
export function unseal(key: Buffer, sealed: Uint8Array, place: string): Buffer | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null; // the tag does not fit
  }
}
