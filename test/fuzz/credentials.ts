import { Buffer } from "node:buffer";
import fc, { type Arbitrary } from "fast-check";
import type { HeaderLines, OriginalRequest } from "#lib/verification/request";
import { anyAddress, anyDestination, anyHost, anyMethod, anyProto, anyTarget, good, mostly, nasty } from "./grammar";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Texts that stand where a secret stands: it, and what is nearly it. */
function anySecret(secret: string): Arbitrary<string> {
  const at = fc.nat({ max: secret.length });
  return mostly(
    fc.constant(secret),
    fc.oneof(
      at.map((end) => secret.slice(0, end)),
      fc.tuple(at, nasty).map(([where, what]) => secret.slice(0, where) + what + secret.slice(where)),
      fc.constantFrom(
        secret.toUpperCase(),
        secret + secret,
        `${secret},${secret}`,
        `x ${secret}`,
        secret.replace("_", "%5f"),
      ),
      fc.constantFrom("hunter2", "ghp_0123456789", "eyJhbGciOiJub25lIn0.e30.", "lk_", "", "="),
    ),
    8,
  );
}

const scheme = mostly(
  fc.constantFrom("Bearer", "bearer", "BEARER"),
  fc.constantFrom(
    "Token",
    "OAuth",
    "Negotiate",
    "Digest",
    "Bearer,",
    "",
    "B\u00e9arer",
    "Basic\t",
    "Bearer\u00a0",
    "AWS4-HMAC-SHA256",
  ),
);
const gap = mostly(fc.constant(" "), fc.constantFrom("", "  ", "\t", " \t ", "=", ": ", ", "));
const username = mostly(
  fc.constantFrom("maria", "Maria", "token"),
  fc.oneof(nasty, fc.constantFrom("admin", "m\u0430ria", "maria ")),
);
const colon = mostly(fc.constant(":"), fc.constantFrom("", "::", "%3a", "\u0000:"), 9);

/** What somebody might send as `Authorization`. */
function anyAuthorization(secret: string): Arbitrary<string> {
  const one = anySecret(secret);
  const bearer = fc.tuple(scheme, gap, one).map((parts) => parts.join(""));
  const encoded = fc.tuple(username, colon, one).map(([name, between, password]) => base64(name + between + password));
  const basic = fc
    .tuple(
      fc.constantFrom("Basic", "basic"),
      gap,
      encoded,
      mostly(fc.constant(""), fc.constantFrom("=", "!", " x", ",")),
    )
    .map((parts) => parts.join(""));
  const joined = fc
    .tuple(fc.oneof(bearer, basic), fc.constantFrom(",", ", ", " "), bearer)
    .map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 5, arbitrary: bearer },
    { weight: 4, arbitrary: basic },
    { weight: 1, arbitrary: fc.oneof(joined, nasty) },
  );
}

const named = (names: readonly string[], value: Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...names), value).map((line): readonly string[] => line);

const NOISE = fc.oneof(
  named(
    ["X-HTTP-Method-Override", "x_http_method_override", "X-Method-Override"],
    fc.constantFrom("GET", "DELETE", "get", ""),
  ),
  named(
    ["X-Original-URL", "X-Rewrite-URL", "x_original_url"],
    fc.constantFrom("/rest/api/2/myself", "/secure/admin", ""),
  ),
  named(["Destination", "destination"], anyDestination),
  named(["Upgrade", "upgrade"], fc.constantFrom("websocket", "h2c", "")),
  named(
    ["Cookie", "User-Agent", "X-Latchkey-User", "X-Latchkey-Auth", "Origin", "Accept", "__proto__", "constructor"],
    nasty,
  ),
);

/** Header lines of a client: a credential or several or none, and what else may come. */
function anyLines(secret: string): Arbitrary<HeaderLines> {
  const own = named(["X-Api-Token", "x-api-token"], anySecret(secret));
  const authorization = named(["Authorization", "authorization", "AUTHORIZATION"], anyAuthorization(secret));
  const credential = fc.oneof({ weight: 4, arbitrary: authorization }, { weight: 1, arbitrary: own });
  const credentials = mostly(
    credential.map((line) => [line]),
    fc.array(credential, { maxLength: 3 }),
    8,
  );
  const noise = mostly(fc.constant<readonly (readonly string[])[]>([]), fc.array(NOISE, { maxLength: 4 }), 3);
  return fc
    .tuple(credentials, noise, fc.boolean())
    .map(([some, more, after]) => (after ? [...some, ...more] : [...more, ...some]).flat());
}

const PARAMETERS = [
  ...["access_token", "access_token", "access_token", "access_token", "Access_Token", "ACCESS%5fTOKEN"],
  ...[
    "%61ccess_token",
    "private_token",
    "private_token",
    "Private_Token",
    "access_token[]",
    "access token",
    "token",
    "q",
    "os_password",
    "os_username",
    "oauth_signature",
  ],
] as const;

/** The target with what somebody might take for a credential in its query; once or more often. */
function withParameters(secret: string): Arbitrary<string> {
  const escaped = [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  const value = mostly(fc.constantFrom(secret, secret, escaped), anySecret(secret), 4);
  const one = fc
    .tuple(fc.constantFrom(...PARAMETERS), mostly(fc.constant("="), fc.constantFrom("", "==", "%3d"), 20), value)
    .map((parts) => parts.join(""));
  const some = mostly(
    one.map((each) => [each]),
    fc.array(one, { maxLength: 3 }),
    6,
  );
  return fc
    .tuple(mostly(good, anyTarget, 3), some, fc.constantFrom("&", "&", ";"))
    .map(([target, each, and]) =>
      each.length === 0 ? "" : target + (target.includes("?") ? and : "?") + each.join(and),
    )
    .filter((target) => target !== "");
}

const NO_LINES = fc.constant<HeaderLines>([]);

/** Requests of clients that know a secret, or nearly; by whoever asks, and where they say they come from. */
export function requestsWith(secret: string, clientAddress = anyAddress): Arbitrary<OriginalRequest> {
  const rest = { method: anyMethod, host: anyHost, proto: anyProto, clientAddress };
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ ...rest, target: anyTarget, headers: anyLines(secret) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ ...rest, target: withParameters(secret) },
        headers: mostly(NO_LINES, anyLines(secret), 2),
      }),
    },
  );
}
