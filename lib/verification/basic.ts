import { Buffer, isUtf8 } from "node:buffer";

export type UserPass = { readonly username: string; readonly password: string };

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const CONTROL = /\p{Cc}/u;
const PRINTABLE = /^[\x20-\x7e]*$/;
const USERNAME_LIMIT = 255;

/** Strict base64 (RFC 4648 §4); padding may be missing, but if it is there it is right. Node's own decoder takes anything. */
function decodeBase64(text: string): Buffer | null {
  if (!BASE64.test(text)) return null;
  const padding = text.indexOf("=");
  const digits = padding < 0 ? text.length : padding;
  if (digits % 4 === 1 || (digits !== text.length && text.length % 4 !== 0)) return null;
  return Buffer.from(text, "base64");
}

/**
 * Bytes as text without control characters, or null. Nearly always it is ASCII, which is quickly told. Old clients, and
 * Python's requests, send ISO 8859-1 whatever the challenge says (RFC 7617 §2.1 wants UTF-8 then).
 */
function decodeText(bytes: Buffer): string | null {
  const latin = bytes.toString("latin1");
  if (PRINTABLE.test(latin)) return latin;
  const text = isUtf8(bytes) ? bytes.toString("utf8") : latin;
  return CONTROL.test(text) ? null : text;
}

/**
 * The user-id and password of Basic credentials (RFC 7617 §2): base64 of UTF-8, or else of ISO 8859-1, without control
 * characters, split at the first colon.
 * @param encoded what stands behind the scheme
 * @returns null for anything else
 */
export function parseBasic(encoded: string): UserPass | null {
  const bytes = decodeBase64(encoded);
  const text = bytes === null ? null : decodeText(bytes);
  if (text === null) return null;
  const colon = text.indexOf(":");
  if (colon < 0 || colon > USERNAME_LIMIT) return null;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * The user-id in a value of `Authorization`, as it came; at most 255 bytes. Not to be kept: people type secrets there
 * (`claimedName` is what may be recorded).
 * @returns null where it is not Basic, cannot be read, or is not UTF-8: upstreams may read another name in it
 */
export function usernameIn(authorization: string): string | null {
  const space = authorization.indexOf(" ");
  if (authorization.slice(0, space).toLowerCase() !== "basic") return null;
  const encoded = authorization.slice(space + 1).trim();
  const bytes = decodeBase64(encoded);
  return bytes !== null && isUtf8(bytes) ? (parseBasic(encoded)?.username ?? null) : null;
}
