import type { FilterRule } from "#lib/applications/application";
import { decodeOnce } from "./percent";
import { signaturesOf } from "./signatures";

/** Why a request target is refused to everybody (the `B` rules; docs/verification.md has their evidence). */
export const PATH_RULES = {
  target_form: "The target does not begin with a slash.",
  too_long: "The path is longer than 4,096 or the whole target longer than 8,192 bytes.",
  fragment: "A `#` in the target: one reads a fragment, another a path.",
  raw_bytes: "A control character, space or non-ASCII byte that is not escaped.",
  bad_escape: "A `%` in the path that is not followed by two hexadecimal digits.",
  control: "An escaped control character in the path, or an escaped NUL in the query.",
  dot_segment: "A segment that is `.` or `..`, however it is written.",
} as const;

export type PathRule = keyof typeof PATH_RULES;

/** A request target that was understood. */
export type Target = {
  readonly ok: true;
  /** Segments of the path decoded once; parameters (`;x=1`) cut off, empty segments merged away. All matching is on these. */
  readonly segments: readonly string[];
  /** The canonical path, for log and records; nothing is matched on it. */
  readonly path: string;
  /** The path as it came, without query. */
  readonly rawPath: string;
  /** The query as it came, without its question mark. */
  readonly query: string;
  readonly signatures: readonly FilterRule[];
};

export type BadTarget = { readonly ok: false; readonly rule: PathRule };

const PATH_LIMIT = 4096;
const TARGET_LIMIT = 8192;
const [DOT, SLASH, HASH, QUESTION] = [46, 47, 35, 63];
/** Characters that a path can carry without anybody reading it in two ways: RFC 3986 pchar without `%` and `;`. */
const PLAIN = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@[]/")
  PLAIN[char.charCodeAt(0)] = 1;

const NO_SIGNATURES: readonly FilterRule[] = Object.freeze([]);
/** What no path may carry, escaped or not. */
export const CONTROL = /\p{Cc}/u;
const SEPARATORS = /[/\\]/;

const bad = (rule: PathRule): BadTarget => ({ ok: false, rule });

/** Is any reading of the segment `.` or `..`: decoded, cut at parameters, escaped slashes and backslashes taken for slashes? */
function dots(decoded: string): boolean {
  if (!decoded.includes(".")) return false;
  return decoded.split(SEPARATORS).some((part) => {
    const end = part.indexOf(";");
    const name = end < 0 ? part : part.slice(0, end);
    return name === "." || name === "..";
  });
}

/** The canonical path, for log and records: segments escaped where they need it. Nothing is matched on it. */
function pathOf(segments: readonly string[]): string {
  return `/${segments.map((segment) => (/^[\w.~!$&'()*+,=:@-]*$/.test(segment) ? segment : encodeURIComponent(segment))).join("/")}`;
}

/** The way of nearly all requests: nothing is escaped or otherwise in doubt. */
function plainTarget(rawPath: string, query: string): Target | BadTarget {
  const parts = rawPath.slice(1).split("/");
  let merged = false;
  for (const part of parts) {
    if (part === "") merged = true;
    else if (part.charCodeAt(0) === DOT && (part === "." || part === "..")) return bad("dot_segment");
  }
  if (!merged) return { ok: true, segments: parts, path: rawPath, rawPath, query, signatures: NO_SIGNATURES };
  const segments = parts.filter((part) => part !== "");
  return { ok: true, segments, path: pathOf(segments), rawPath, query, signatures: NO_SIGNATURES };
}

function doubtfulTarget(rawPath: string, query: string): Target | BadTarget {
  const segments: string[] = [];
  const signatures: FilterRule[] = [];
  for (const raw of rawPath.slice(1).split("/")) {
    const whole = decodeOnce(raw);
    if (whole === null) return bad("bad_escape");
    if (CONTROL.test(whole.text)) return bad("control");
    if (dots(whole.text)) return bad("dot_segment");
    signatures.push(...signaturesOf(raw, whole.text, whole.utf8));
    // As Tomcat does: cut at the semicolon first, then decode. An escaped semicolon is part of the name.
    const end = raw.indexOf(";");
    const name = end < 0 ? whole : decodeOnce(raw.slice(0, end));
    if (name !== null && name.text !== "") segments.push(name.text);
  }
  return { ok: true, segments, path: pathOf(segments), rawPath, query, signatures };
}

/**
 * Brings a request target into the one form in which it is judged, by string operations only: WHATWG URL would
 * resolve dot segments and backslashes and so hide what the upstream will see.
 * @param target the raw request target
 * @returns the target, or the rule that refuses it whoever asks
 */
export function parseTarget(target: string): Target | BadTarget {
  if (target.charCodeAt(0) !== SLASH) return bad("target_form");
  let pathEnd = -1;
  let plain = true;
  let fragment = false;
  let rawBytes = false;
  if (target.length > TARGET_LIMIT) return bad("too_long");
  for (let i = 0; i < target.length; i += 1) {
    const code = target.charCodeAt(i);
    if (code < 0x21 || code > 0x7e) rawBytes = true;
    else if (code === HASH) fragment = true;
    else if (pathEnd < 0) {
      if (code === QUESTION) pathEnd = i;
      else if (PLAIN[code] !== 1) plain = false;
    }
  }
  const rawPath = pathEnd < 0 ? target : target.slice(0, pathEnd);
  const query = pathEnd < 0 ? "" : target.slice(pathEnd + 1);
  if (rawPath.length > PATH_LIMIT) return bad("too_long");
  if (fragment) return bad("fragment");
  if (rawBytes) return bad("raw_bytes");
  if (query.includes("%00")) return bad("control");
  return plain ? plainTarget(rawPath, query) : doubtfulTarget(rawPath, query);
}
