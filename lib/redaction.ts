import { Buffer } from "node:buffer";
import { DEFAULT_PREFIX, PREFIX_PATTERN } from "#lib/tokens/secret";

const BASE62 = "[0-9A-Za-z]";

/** `prefix_` and 38 base62 characters (32 random, 6 of checksum), whatever the prefix and however it is cut or continued. */
const TOKEN = new RegExp(`[A-Za-z][A-Za-z0-9]{1,15}(?:_|%5f)${BASE62}{24,}`, "gi");
/** The same of a prefix that is ours, also cut short: a part of a secret is still a part of a secret. */
const shortToken = (prefixes: readonly string[]) => new RegExp(`(?:${prefixes.join("|")})(?:_|%5f)${BASE62}{8,}`, "gi");
/** The secret of a gateway, as `lib/gateways/secret.ts` makes it, also cut short. */
const GATEWAY_SECRET = /gateway-[0-9a-f]{16,}/gi;
/** What follows the name of an authentication scheme. */
const SCHEME = /\b(Basic|Bearer|Negotiate|Digest|OAuth|Token(?=\s+\S{16}))(\s+|%20|\+)[A-Za-z0-9._~+/=%:-]{6,}/gi;
/** User and password in a URL. */
const USERINFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*:[^\s/?#]*@/gi;
/**
 * JSON Web Tokens, signed or encrypted (our own session is one): parts of base64url, of which the first begins like a JSON
 * object and others may be empty.
 */
const JWT = /\beyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){1,4}/g;

const [BITS_OF_BYTE, BITS_OF_CHAR] = [8, 6];

/** What stands in base64 for a prefix and its underscore, whatever stands before and behind it. */
function encodedPrefix(prefix: string, bytesBefore: 0 | 1 | 2): string {
  const bytes = Buffer.from(`${"-".repeat(bytesBefore)}${prefix}_`);
  const from = Math.ceil((bytesBefore * BITS_OF_BYTE) / BITS_OF_CHAR);
  const to = Math.floor((bytes.length * BITS_OF_BYTE) / BITS_OF_CHAR);
  return bytes.toString("base64").slice(from, to).replaceAll("+", "\\+");
}

/** Basic credentials without their scheme: base64 of something with a prefix of ours in it (three alignments). */
function encoded(prefixes: readonly string[]): RegExp {
  const parts = prefixes.flatMap((prefix) => ([0, 1, 2] as const).map((before) => encodedPrefix(prefix, before)));
  return new RegExp(`[A-Za-z0-9+/]*(?:${parts.join("|")})[A-Za-z0-9+/]{20,}={0,2}`, "g");
}

/** The prefixes that this process has ever heard of, and what finds them. */
type Ours = { readonly prefixes: readonly string[]; readonly patterns: readonly RegExp[] };

// The server's bundle and Next's each load this module: who reads the settings may be the one, who writes a log the other.
const holder = globalThis as typeof globalThis & { latchkeyPrefixes?: Ours };

const oursOf = (prefixes: readonly string[]): Ours => ({
  prefixes,
  patterns: [shortToken(prefixes), encoded(prefixes)],
});

function ours(): Ours {
  holder.latchkeyPrefixes ??= oursOf([DEFAULT_PREFIX]);
  return holder.latchkeyPrefixes;
}

const HIDDEN = "[redacted]";

/** Fields whose value is never written, whatever it looks like. */
const SECRET_FIELD =
  /^(authorization|proxy-authorization|cookie|set-cookie|password|passwd|pwd|secret|client_?secret|x-api-token|x-latchkey-gateway-key|api_?key|credential|credentials|digest|hash|wrapped)$/i;

/** Nobody reads more than this in a line of log, and searching it for secrets costs more than its length. */
const LONGEST = 8_192;

/**
 * Takes everything out of a text that looks like a credential, wherever it stands: a token in a name field, a path, a
 * User-Agent, an error message. What is longer than 8 K characters is cut there.
 */
export function redact(text: string): string {
  const kept = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  const shown = kept
    .replace(TOKEN, HIDDEN)
    .replace(GATEWAY_SECRET, HIDDEN)
    .replace(SCHEME, `$1 ${HIDDEN}`)
    .replace(USERINFO, `$1${HIDDEN}@`)
    .replace(JWT, HIDDEN);
  return ours().patterns.reduce((left, pattern) => left.replace(pattern, HIDDEN), shown);
}

/**
 * Has parts of secrets found by these prefixes too, from now on and for as long as the process runs: whoever reads the
 * settings says them. Whole secrets are found by any.
 */
export function redactPrefixes(prefixes: readonly string[]): void {
  const { prefixes: before } = ours();
  const all = new Set([...before, ...prefixes.filter((prefix) => PREFIX_PATTERN.test(prefix))]);
  if (all.size > before.length) holder.latchkeyPrefixes = oursOf([...all]);
}

/** Whether the value of a field of this name is a secret by its name alone. */
export const isSecretField = (name: string): boolean => SECRET_FIELD.test(name);
