import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** Seals the lines of an installation's journal. `name` says which key it was, and nothing about it. */
export type SealKey = { readonly name: string; readonly secret: Buffer };

const hmac = (secret: Buffer, text: string): Buffer => createHmac("sha256", secret).update(text).digest();

/**
 * The keys that seal the journal of an installation: HKDF-SHA-256 over LATCHKEY_SECRET, because a journal is read
 * beside a database that may be older than any key in it.
 * @param secrets LATCHKEY_SECRET, with which new lines are sealed, then the previous one while it changes
 */
export function sealKeys(secrets: readonly string[], installationId: string): readonly SealKey[] {
  return secrets.map((each) => {
    const secret = Buffer.from(hkdfSync("sha256", each, "latchkey", `journal-v1 ${installationId}`, 32));
    return { name: hmac(secret, "name").toString("hex").slice(0, 16), secret };
  });
}

/** @returns the seal of this text, in hexadecimal */
export const sealOf = ({ secret }: SealKey, text: string): string => hmac(secret, text).toString("hex");

/** Whether this is the seal of that text. @param seal 64 hexadecimal digits */
export const isSealed = (key: SealKey, text: string, seal: string): boolean =>
  timingSafeEqual(hmac(key.secret, text), Buffer.from(seal, "hex"));

/** A name for what cannot be read, in the form of a UUID (RFC 9562, version 8): other text has another name. */
export function nameOf(texts: readonly string[]): string {
  const hex = createHash("sha256").update(texts.join("\n")).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
