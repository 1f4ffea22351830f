import { createHash, randomBytes } from "node:crypto";

/** Crockford's base32: no letter that looks like a digit, and none that makes words. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const CHARACTERS = 24;
const HOW_MANY = 10;

/** 24 × 5 = 120 random bits: enough that a plain digest keeps them (OWASP ASVS 6.5.2 asks for 112). */
function newRecoveryCode(): string {
  const letters = [...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte & 31]).join("");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}

/** Ten codes, to be shown once. */
export const newRecoveryCodes = (): string[] => Array.from({ length: HOW_MANY }, newRecoveryCode);

/** As it may be typed: in capitals, with or without hyphens, `o` for zero, `i` or `l` for one. */
const plain = (code: string): string =>
  code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");

export const isRecoveryCode = (code: string): boolean => new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`).test(plain(code));

/** What is kept of a code. The person is in it: a code opens one account only, whatever else happens. */
export const recoveryDigest = (userId: string, code: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    createHash("sha256")
      .update(`recovery:${userId}:${plain(code)}`)
      .digest(),
  );
