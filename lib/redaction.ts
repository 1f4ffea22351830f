const BASE62 = "[0-9A-Za-z]";

/** `prefix_` and 38 base62 characters (32 random, 6 of checksum), whatever the prefix and however it is cut or continued. */
const TOKEN = new RegExp(`[A-Za-z][A-Za-z0-9]{1,15}(?:_|%5f)${BASE62}{24,}`, "gi");
/** The same of our standard prefix, also cut short: a part of a secret is still a part of a secret. */
const SHORT_TOKEN = new RegExp(`lk(?:_|%5f)${BASE62}{8,}`, "gi");
/** The secret of a gateway, as `lib/gateways/secret.ts` makes it, also cut short. */
const GATEWAY_SECRET = /gateway-[0-9a-f]{16,}/gi;
/** What follows the name of an authentication scheme. */
const SCHEME = /\b(Basic|Bearer|Negotiate|Digest|OAuth|Token(?=\s+\S{16}))(\s+|%20|\+)[A-Za-z0-9._~+/=%:-]{6,}/gi;
/** User and password in a URL. */
const USERINFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*:[^\s/?#]*@/gi;
/** JSON Web Tokens: three parts of base64url, of which the first begins like a JSON object. */
const JWT = /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]*)?/g;
/** Basic credentials without their scheme: base64 of something with `lk_` in it (three alignments). */
const ENCODED = /[A-Za-z0-9+/]*(?:bGtf|xrX|sa1)[A-Za-z0-9+/]{20,}={0,2}/g;

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
  return kept
    .replace(TOKEN, HIDDEN)
    .replace(SHORT_TOKEN, HIDDEN)
    .replace(GATEWAY_SECRET, HIDDEN)
    .replace(SCHEME, `$1 ${HIDDEN}`)
    .replace(USERINFO, `$1${HIDDEN}@`)
    .replace(JWT, HIDDEN)
    .replace(ENCODED, HIDDEN);
}

/** Whether the value of a field of this name is a secret by its name alone. */
export const isSecretField = (name: string): boolean => SECRET_FIELD.test(name);
