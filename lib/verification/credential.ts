import type { CredentialClass } from "#lib/applications/application";
import { checkSecret, digestOf, holdsOurs, type Prefixes } from "#lib/tokens/secret";
import { parseBasic } from "./basic";
import { claimedName } from "./claimed-name";
import { decodeForm, type Parameter } from "./parameters";
import { type HeaderLines, valuesOf } from "./request";
import type { Rule } from "./rule";
import { isTakenAway, type Withholds } from "./withheld";

/** The places where an application takes tokens. Names in lower case; null is off. */
export type Sources = {
  readonly basic: boolean;
  readonly bearer: boolean;
  readonly header: string | null;
  readonly query: string | null;
};

/** What a request carries. The secret itself goes no further than this file. */
export type Credential =
  | { readonly kind: "ours"; readonly digest: string; readonly username: string | null }
  | {
      readonly kind: "foreign";
      readonly class: CredentialClass;
      readonly authorization: string;
      readonly name: string | null;
    }
  | {
      readonly kind: "unusable";
      readonly reason: "invalid_request" | "token_malformed" | "source_refused";
      /** A name, where that is all. */
      readonly rule: Rule | string;
    };

type Unusable = Extract<Credential, { kind: "unusable" }>;

const SPACE = 32;
const HEADER_LIMIT = 8192;
/** RFC 6750 §2.1, b64token. A whole secret of ours is one. */
const BEARER = /^[A-Za-z0-9\-._~+/]+=*$/;
/** Two lines that a gateway made one: Digest and OAuth have commas of their own, but not before these. */
const JOINED = /,\s*(?:basic|bearer)\s/i;
const SCHEME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** One of several lines that a gateway made one, which hides it from whoever reads the value as a whole. */
const hidesOurs = (value: string, prefixes: Prefixes): boolean =>
  value.includes(",") && value.split(",").some((part) => checkSecret(part.trim(), prefixes) !== "not ours");
/** Where tokens came by preset: clients go on sending them there after an application has moved on. */
const PRESET_HEADER = "x-api-token";
const NO_LINES: readonly string[] = [];
const NOTHING: Credential = { kind: "foreign", class: "none", authorization: "", name: null };

const unusable = (reason: Unusable["reason"], rule: Unusable["rule"]): Unusable => ({ kind: "unusable", reason, rule });
const unreadable = (rule: string) => unusable("invalid_request", rule);
const misplaced = (place: string) => unusable("source_refused", place);
const malformed = (place: string) => unusable("token_malformed", place);

function foreign(kind: CredentialClass, authorization: string, name: string | null = null): Credential {
  return { kind: "foreign", class: kind, authorization, name };
}

/** Where a credential stands, and what it is where it is not ours: its class, and the header that goes on as it came. */
type Place = { readonly name: string; readonly on: boolean; readonly kind: CredentialClass; readonly value: string };

/** Somebody else's goes on as it came, unless a whole secret of ours stands somewhere in what it says. */
const otherwise = (said: string, { name, kind, value }: Omit<Place, "on">, prefixes: Prefixes): Credential =>
  holdsOurs(said, prefixes) ? misplaced(name) : foreign(kind, value);

/** A text that stands where a whole token stands: ours, broken, or of somebody else's class. */
function fromToken(text: string, at: Place, prefixes: Prefixes): Credential {
  const { name: place, on } = at;
  if (text === "") return unreadable(place);
  const whose = checkSecret(text, prefixes);
  if (whose === "not ours") return otherwise(text, at, prefixes);
  if (whose === "broken") return malformed(place);
  return on ? { kind: "ours", digest: digestOf(text), username: null } : misplaced(place);
}

function fromBasic(encoded: string, value: string, on: boolean, prefixes: Prefixes): Credential {
  const pair = parseBasic(encoded);
  if (pair === null) return unreadable("Basic");
  const { username, password } = pair;
  const whose = checkSecret(password, prefixes);
  if (whose === "broken") return malformed("Basic");
  // A secret typed where the name belongs must not reach an upstream either.
  if (username.length > 38 && holdsOurs(username, prefixes)) return misplaced("Basic username");
  if (whose === "not ours")
    return holdsOurs(password, prefixes)
      ? misplaced("Basic")
      : foreign("password", value, claimedName(username, prefixes));
  return on ? { kind: "ours", digest: digestOf(password), username } : misplaced("Basic");
}

/** What stands behind a scheme: after spaces (RFC 9110 §11.4), and nothing else that only looks like one. */
function behind(value: string, scheme: number): string {
  let [start, end] = [scheme, value.length];
  while (value.charCodeAt(start) === SPACE) start += 1;
  while (end > start && value.charCodeAt(end - 1) === SPACE) end -= 1;
  return value.slice(start, end);
}

function fromAuthorization(value: string, sources: Sources, prefixes: Prefixes): Credential {
  if (value.length > HEADER_LIMIT) return unreadable("Authorization is too long");
  if (hidesOurs(value, prefixes)) return unreadable("Authorization");
  const space = value.indexOf(" ");
  const scheme = space < 0 ? value : value.slice(0, space);
  const rest = space < 0 ? "" : behind(value, space);
  switch (scheme.toLowerCase()) {
    case "basic":
      return fromBasic(rest, value, sources.basic, prefixes);
    case "bearer": {
      const found = fromToken(rest, { name: "Bearer", on: sources.bearer, kind: "foreignBearer", value }, prefixes);
      return found.kind === "ours" || BEARER.test(rest) ? found : unreadable("Bearer");
    }
    case "oauth":
      return JOINED.test(value)
        ? unreadable("Authorization")
        : otherwise(rest, { name: "Authorization", kind: "oauth1", value }, prefixes);
    default:
      if (!SCHEME.test(scheme) || JOINED.test(value)) return unreadable("Authorization");
      // Nobody reads our tokens under another scheme, nor without any, nor as one: never hand them on.
      if (holdsOurs(scheme, prefixes) && space >= 0) return misplaced("Authorization");
      return fromToken(
        space < 0 ? value : rest,
        { name: "Authorization", on: false, kind: "otherScheme", value },
        prefixes,
      );
  }
}

/** A whole secret of ours in a parameter that nobody reads as a token's would go on in the address. */
const isInAddress = (parameters: readonly Parameter[], prefixes: Prefixes): boolean =>
  parameters.some(({ raw }) => checkSecret(decodeForm(raw), prefixes) === "ours");

/** `os_username` and `os_password`: how Seraph takes a password from the query (Jira, Confluence). */
function fromParameters(parameters: readonly Parameter[], prefixes: Prefixes): Credential {
  let name: string | null = null;
  for (const parameter of parameters) {
    const value = decodeForm(parameter.raw);
    if (parameter.name === "os_username") name = claimedName(value, prefixes);
    const whose = parameter.name.startsWith("os_") ? checkSecret(value, prefixes) : "not ours";
    if (whose !== "not ours") return whose === "ours" ? misplaced("os_password") : malformed("os_password");
  }
  return isInAddress(parameters, prefixes) ? misplaced("query") : foreign("password", "", name);
}

/** No credential at all; but a whole secret of ours in some other parameter or header of tokens is not handed on. */
function fromNothing(headers: HeaderLines, parameters: readonly Parameter[], prefixes: Prefixes): Credential {
  if (valuesOf(headers, PRESET_HEADER).some((value) => holdsOurs(value, prefixes))) return misplaced("header");
  return isInAddress(parameters, prefixes) ? misplaced("query") : NOTHING;
}

/** A token is taken only where its secret goes no further than the gateway. */
const unlessHandedOn = (found: Credential, isKept: boolean, place: "header" | "query"): Credential =>
  found.kind === "ours" && !isKept ? unusable("source_refused", { kind: "handed_on", place }) : found;

/**
 * The one credential of a request. Two, or one that cannot be read, are `invalid_request` (RFC 6750 §2); what begins with
 * a prefix of ours is ours, and if it is broken it is refused rather than passed on.
 * @param withholds what the application does not get of it
 */
export function credentialOf(
  headers: HeaderLines,
  parameters: readonly Parameter[],
  sources: Sources,
  prefixes: Prefixes,
  withholds: Withholds,
): Credential {
  const authorization = valuesOf(headers, "authorization");
  const custom = sources.header === null ? NO_LINES : valuesOf(headers, sources.header);
  const query: Parameter[] = [];
  let seraph = 0;
  let signed = 0;
  for (const parameter of parameters) {
    const { name } = parameter;
    if (name === sources.query) query.push(parameter);
    else if (name === "os_username" || name === "os_password") seraph = 1;
    else if (name === "oauth_signature") signed = 1;
  }
  if (authorization.length + custom.length + query.length + seraph + signed > 1)
    return unreadable("more than one credential");
  const [value] = authorization;
  if (value !== undefined) return fromAuthorization(value, sources, prefixes);
  const [own] = custom;
  if (own !== undefined) {
    if (hidesOurs(own, prefixes)) return unreadable("header");
    const found = fromToken(own, { name: "header", on: true, kind: "otherScheme", value: "" }, prefixes);
    return unlessHandedOn(found, withholds !== "named" || isTakenAway(headers, sources.header ?? ""), "header");
  }
  const [parameter] = query;
  if (parameter !== undefined) {
    const at = { name: "query", on: true, kind: "foreignBearer", value: "" } as const;
    return unlessHandedOn(fromToken(decodeForm(parameter.raw), at, prefixes), withholds === "all", "query");
  }
  if (seraph === 1) return fromParameters(parameters, prefixes);
  if (signed === 0) return fromNothing(headers, parameters, prefixes);
  return isInAddress(parameters, prefixes) ? misplaced("query") : foreign("oauth1", "");
}
