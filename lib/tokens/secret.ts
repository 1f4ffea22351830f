import { hash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

/** What secrets begin with, before the underscore, until an administrator chooses another. */
export const DEFAULT_PREFIX = "lk";

/** Letters and digits only: the underscore after it ends it, so that no prefix can ever be taken for another. */
export const PREFIX_PATTERN = /^[A-Za-z][A-Za-z0-9]{1,15}$/;

/** The prefixes that are ours: the one for new secrets, and those of earlier times, which keep verifying. */
export type Prefixes = { readonly prefix: string; readonly retiredPrefixes: readonly string[] };

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
/** Characters after the underscore. */
const TAIL_LENGTH = RANDOM_LENGTH + CHECKSUM_LENGTH;

/** The CRC-32 (ISO 3309, as in zlib) of a text in six base62 digits, most significant first. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/**
 * Makes a secret: prefix, underscore, 32 random base62 characters (190 bits, `randomInt` is unbiased), checksum over all that.
 * It may leave the process in exactly one answer; what is kept is `digestOf` and `hintOf`.
 */
export function newSecret(prefix: string = DEFAULT_PREFIX): string {
  let text = `${prefix}_`;
  for (let i = 0; i < RANDOM_LENGTH; i += 1) text += ALPHABET.charAt(randomInt(62));
  return text + checksumOf(text);
}

/**
 * SHA-256 of the whole secret, lower-case hex: what the database keeps and facts are cached under.
 * Fast hashing is right here, because 190 random bits cannot be guessed (ASVS 11.4.2 is about passwords).
 */
export function digestOf(secret: string): string {
  return hash("sha256", secret, "hex");
}

function begins(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && text.charAt(prefix.length) === "_";
}

/** What each character below 128 counts in base62; NONE where it counts nothing. */
const NONE = 255;
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = ALPHABET.indexOf(String.fromCharCode(code));
  return digit < 0 ? NONE : digit;
});
const digitAt = (text: string, at: number): number => DIGITS[text.charCodeAt(at)] ?? NONE;

/** Whether all behind the underscore is base62, and its end the checksum of all before it. Makes no text of it: every request asks. */
function isWhole(text: string, prefix: string): boolean {
  const tail = prefix.length + 1;
  if (text.length !== tail + TAIL_LENGTH) return false;
  const end = text.length - CHECKSUM_LENGTH;
  let checksum = 0;
  for (let at = tail; at < text.length; at += 1) {
    const digit = digitAt(text, at);
    if (digit === NONE) return false;
    if (at >= end) checksum = checksum * 62 + digit;
  }
  return checksum === crc32(text.slice(0, end));
}

/**
 * Whose is this credential, judged without a look-up?
 * @returns `ours`: well-formed, may exist · `broken`: begins with a prefix of ours but cannot be a secret; it must be
 *   refused and never passed on · `not ours`: the application's rule for its class decides.
 * Other case and leading space do not make it somebody else's: a mangled secret of ours must not reach an upstream.
 */
export function checkSecret(text: string, { prefix, retiredPrefixes }: Prefixes): "ours" | "broken" | "not ours" {
  if (begins(text, prefix)) return isWhole(text, prefix) ? "ours" : "broken";
  for (const retired of retiredPrefixes) {
    if (begins(text, retired)) return isWhole(text, retired) ? "ours" : "broken";
  }
  const plain = text.trimStart().toLowerCase();
  const mangled = [prefix, ...retiredPrefixes].some((ours) => begins(plain, ours.toLowerCase()));
  return mangled ? "broken" : "not ours";
}

/** What stays visible to recognise a secret: prefix and three characters, then the last four (`lk_h2D…Rk8v`). */
export function hintOf(secret: string): string {
  return `${secret.slice(0, -TAIL_LENGTH + 3)}…${secret.slice(-4)}`;
}

/** Whether a text is a secret, of whatever prefix: the checksum leaves no doubt. */
export function isSecret(text: string): boolean {
  const tail = text.length - TAIL_LENGTH - 1;
  return text.charAt(tail) === "_" && PREFIX_PATTERN.test(text.slice(0, tail)) && isWhole(text, text.slice(0, tail));
}

const CANDIDATE = /[A-Za-z][A-Za-z0-9]{1,15}_[0-9A-Za-z]{38}/g;

/** Whether a secret, of whatever prefix, stands somewhere in a text: the checksum leaves no doubt. */
export function holdsSecret(text: string): boolean {
  return [...text.matchAll(CANDIDATE)].some(([each]) => isWhole(each, each.slice(0, each.indexOf("_"))));
}

/** Whether a whole secret of ours stands somewhere in a text, whatever stands before or behind it. */
export function holdsOurs(text: string, { prefix, retiredPrefixes }: Prefixes): boolean {
  for (const ours of [prefix, ...retiredPrefixes]) {
    const length = ours.length + 1 + TAIL_LENGTH;
    const begin = `${ours}_`;
    for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1))
      if (isWhole(text.slice(at, at + length), ours)) return true;
  }
  return false;
}
