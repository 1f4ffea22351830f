/** The protocols in which the verifier is asked; `api` is POST /v1/verify. */
export const PROTOCOLS = ["nginx", "forward", "envoy by HTTP", "envoy by gRPC", "api"] as const;

/** What it promises by each of them; server/verifier/contract.int.test.ts proves it, and docs/gateways.md prints it. */
export const SAID = {
  reads: "a token that may read does",
  writes: "a token that may read changes nothing, one that may write does, and the refusal says why",
  unauthenticated:
    "every 401 is the same but for its request id, with one challenge that begins with Basic: for unknown, revoked, suspended and expired tokens, and somebody else's",
  unreadable: "credentials that are not exactly one readable are 400",
  ambiguous: "a path that could be read in two ways is refused with the best of tokens",
  blocked: "a path that tokens do not reach is refused",
  secret: "a gateway whose secret is wrong is refused without a challenge, and learns nothing of the token",
  rate: "what a rate does not allow is 429, and says when to come again",
  address: "a token passes from the address that it is bound to, and is refused from another, whatever the client says",
  identity: "whose request it is, is told completely",
  assertion:
    "an application with identity `jwt` is told it in an assertion that our public keys verify, for this method, host and path alone",
  observed: "what is not ours and only observed goes on as it came, without identity",
  quarantine: "an installation in quarantine is 503, which says when to come again, and goes on when that ends",
} as const;

export type SaidId = keyof typeof SAID;

/** What it promises besides, of what narrows a token or lets more pass; contract-limits.int.test.ts proves it there. */
export const SAID_OF_LIMITS = {
  conditions:
    "a token that is bound to a header passes with it, and is refused without it, with another value, or twice",
  pathRules:
    "a token with path rules passes where one of them takes method and path, and nowhere else, also where a header asks for another",
  moves:
    "a token moves and copies (WebDAV) to where it may go itself; elsewhere, into another application, to another host, to two places or to none it is refused",
  time: "a token passes within its times, and is refused outside them",
  webSocket:
    "a token that may write opens a WebSocket where the application allows it; no other does, and none opens another protocol",
  preflight:
    "a CORS preflight passes where the application lets it and blocks what has no credential; nothing does that lacks what one says, or brings a cookie, a credential or another method",
  ownerRate: "what one person's tokens together may not is 429, and says when to come again; another's pass",
  failures:
    "an address that fails too often is told so (429) in place of 401, and when to come again; a good token passes from there",
} as const;

export type SaidOfLimitsId = keyof typeof SAID_OF_LIMITS;

/**
 * What introspection says of each, which is asked about a token alone; of what is left out a token knows nothing.
 * server/verifier/contract-alone.int.test.ts proves it.
 */
export const ALONE = {
  reads: "active, with the scope `read`",
  writes: "active, with the scope `read write`",
  unauthenticated: "inactive, in the same bytes",
  unreadable: "a form without exactly one token is 400",
  secret: "401, alike for every token",
  rate: "inactive until it may come again",
  address: "what is bound to an address is inactive, unless the application allows it",
  identity: "whose it is and for whom; no groups",
  observed: "what is not ours is inactive",
  quarantine: "503, and `Retry-After`",
  conditions: "what is bound to a header is inactive, unless the application allows it",
  pathRules: "what has path rules is inactive, unless the application allows it",
  time: "what has times is inactive, unless the application allows it; outside them always",
  ownerRate: "inactive until they may come again",
  failures: "told of no address: inactive, in the same bytes, however often",
} as const satisfies Partial<Record<SaidId | SaidOfLimitsId, string>>;

export type SaidAloneId = keyof typeof ALONE;

/** Modules of Apache that know nothing but the token. */
export const MODULES = [
  { module: "oauth2", name: "mod_oauth2", version: "3.3", told: ["dpkg", "-s", "libapache2-mod-oauth2"] },
  {
    module: "auth_openidc",
    name: "mod_auth_openidc",
    version: "2.4",
    told: ["dpkg", "-s", "libapache2-mod-auth-openidc"],
  },
] as const;

/** What holds behind them; test/upstreams/apache-introspection.int.test.ts proves it. */
export const INTROSPECTED = {
  owner: "passes a token on as its owner, with neither the secret nor anything that the client claims",
  access: "lets a read token do nothing but GET, HEAD and OPTIONS, and a write token what it may",
  paths:
    "lets no token reach what opens sessions, mints credentials, runs code or writes by GET at Jira, Confluence and Bitbucket, however it is spelt",
  others: "lets in no other: unknown tokens, Basic, two at once, limits that it could not hold, browsers",
  revoked: "lets a token in until it is revoked",
} as const;

export type IntrospectedId = keyof typeof INTROSPECTED;
