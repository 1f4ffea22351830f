/** What every gateway is promised to do. test/gateways proves each of them at each gateway; docs/gateways.md prints them. */
export const PROMISES = {
  reads: "A read token reads: as Basic, as Bearer, in its own header",
  writes: "A read token is refused what changes something (403, with a sentence for a person); a write token is not",
  unauthenticated:
    "Unknown, revoked, suspended, expired, somebody else's: 401, the same bytes, with one challenge that begins with Basic (git asks then)",
  unreadable: "Two credentials in one request: 400, with a sentence for a person",
  tooOften: "Used too often: 429, and `Retry-After` says when to come again",
  undecided: "An installation that cannot decide (quarantine): 503, and `Retry-After` says when to come again",
  address:
    "A token that is bound to the client's address passes, one that is bound to another is refused (403), whatever the client says in `X-Forwarded-For`, `X-Real-IP` or `Forwarded`",
  conditions:
    "A token that is bound to a header (`X-Team: release`) passes with it, and is refused (403) without it, with another value, or twice",
  webSocket: "A token that may write opens a WebSocket where the application allows it; any other is refused (403)",
  preflight:
    "A CORS preflight passes where the application lets it; nothing does that lacks what one says, or brings a cookie, a credential or another method",
  identity: "The application learns whose request it is, completely, and the secret is nowhere in it",
  assertion:
    "An application with identity `jwt` gets one assertion that our public keys verify, and nothing else of who it is",
  largest: "The longest name with the most groups, signed or not, and a ticket of 8 KB that is not ours arrive whole",
  oversized: "Headers too large or too many for the verifier to be told of: 4xx, and not *try again*",
  elsewhere:
    "Where an application takes tokens in a header of its own, both hosts ask about it and the secret does not arrive; in the address a token is refused (401) in any case of its name, on both hosts",
  forged:
    "None of the client's identity headers arrives: doubled, with underscores, named in `Connection`, behind a chunked body",
  session: "Cookies beside a token do not arrive, `Set-Cookie` does not come back",
  traced:
    "`traceparent` and `tracestate` arrive as they were sent, on both hosts, with a token and without; the verifier's line about a refusal names the trace",
  bytes: "The path that arrives is the one that was judged",
  paths: "No spelling of a path leads a token to where tokens may not",
  moves:
    "WebDAV: a token that is bound to paths moves within these; out of them, into another application, to another host or to two places (`Destination`) it moves nothing",
  hosts:
    "A token for another application opens nothing here by that one's host: in `Host`, in the request line, or where these two differ",
  methods: "TRACE and TRACK reach nobody; a method that a header names counts as a write",
  absent: "Without the verifier nothing passes that is asked about",
  observed:
    "*API host*: browsers, passwords and native tokens pass unchanged where they are observed, without identity",
  main: "*Main host*: who carries no credential is not asked about, and does not notice the verifier's absence",
  both: "*Main host*: a token is treated as on the API host",
} as const;

export type PromiseId = keyof typeof PROMISES;

/** An application that takes tokens where nobody else does, and lets everything else pass. */
export const OWN = { context: "/own", header: "X-Own-Token", query: "own.key" } as const;

/** Clients as people use them, and what each does through each gateway with a read and with a write token. */
export const CLIENTS = {
  git: "git: clones with a read token, is refused a push (403), is asked again for an unknown one, pushes with a write token",
  jiraClient: "jira-client (npm): searches, is told why it may not create, creates; Basic and Bearer",
  jiraJs: "jira.js (npm): searches by POST, is told why it may not create, creates; Basic and Bearer",
  bitbucket:
    "bitbucket-server-nodejs (npm): lists repositories, is told why it may not make one, makes one; Basic (it knows no Bearer)",
  python: "python3-jira (Debian): searches, is told why it may not create, creates; Basic and Bearer",
  curl: "curl: the three ways to send a token, a browser's cookie",
  radicale:
    "Radicale (Debian, `http_x_remote_user`): lists and reads with a read token, writes and moves with a write token only; Basic, by curl",
} as const;

export type ClientId = keyof typeof CLIENTS;

/** What holds of all that comes with the application's own credentials, where its rules observe those. */
export const UNDISTURBED =
  "Whatever comes without a token of ours arrives as it was sent, and what the application answers comes back as it was: its challenges, refusals and sessions, the parts of a file, *not modified*";

/** The same clients with such credentials. */
export const NATIVE = {
  gitNative:
    "git: is asked by the application, clones and pushes in chunks with its token or password, also as Bearer; the application refuses a wrong one",
  bitbucketNative: "bitbucket-server-nodejs: lists repositories, makes one, is refused by the application; Basic",
  jiraClientNative: "jira-client: searches, creates, is refused by the application; Basic and Bearer",
  jiraJsNative: "jira.js: searches by POST, creates, is refused by the application; Basic and Bearer",
  pythonNative:
    "python3-jira: searches and creates by Basic (in ISO 8859-1), by Bearer, and by a session that it logs in to",
  radicaleNative:
    "Radicale (`htpasswd`): makes a calendar, writes, lists and reads, refuses a wrong password; Basic, by curl",
  curlNative: "curl: uploads 2 MB behind `Expect: 100-continue`, is refused by the application",
} as const;

export type NativeId = keyof typeof NATIVE;

/** What holds besides, of the same files, where clients speak TLS and HTTP/2 to the gateway. */
export const SECURED = {
  https: "Verifier and application are told `https`; identity, sentences and refusals are those without TLS",
  doubled: "Two credentials: 400, also `authorization` twice",
  cookies:
    "Cookies in several fields (RFC 9113, 8.2.3) do not arrive beside a token, and arrive beside none; a CORS preflight with some does not pass",
  targets:
    "No spelling of a path leads a token elsewhere; `host` beside `:authority` names no other host to the application than to the verifier, and another application's `:authority` opens nothing; TRACE and CONNECT reach nobody",
  browsers: "*Main host*: who carries no credential is not asked about, a token is treated as on the API host",
} as const;

export type SecuredId = keyof typeof SECURED;

/** Targets whose bytes are followed from the client by way of the question to the application. */
export const TARGETS = [
  ...["/", "/rest/api/2/issue/A-1?expand=&fields=%2Aall", "/?a=b&c", "/x%20y", "/%C3%84", "/%c3%84", "/a+b", "/~maria"],
  ...["//", "//rest//api", "/rest//api", "/rest/api/", "/rest/./api", "/rest/../secure", "/rest/%2e%2e/secure", "/.."],
  ...["/rest/..;/secure", "/a;b=c/d", "/;x/secure", "/rest;x=1/api", "/x.jspa;", "/x%2ejspa", "/%72est/api"],
  ...["/a%2Fb", "/a%2fb", "/a%5Cb", "/a\\b", "/a%00b", "/a%0d%0ab", "/a%zzb", "/a%", "/a%u002eb", "/a%252e"],
  ...["/x#y", "/x?q=%zz", "/x?q=a#f", "/x?q={y}", "/x?q=a|b", "/$%7Bx%7D", "/a:b@c"],
] as const;

/** What some do where they cannot keep a promise; instead.ts proves each at the gateway of which it is said. */
export const INSTEAD = {
  absentAs500: "500, not 503",
  absentWordless: "503 without a sentence",
  undecidedWordless: "503 without sentence and `Retry-After`",
  otherCase: "holds; on the main host a name in a case of its own is sent back once (302), and refused then",
  bare: "without cookies and session",
  twoLines: "two `Authorization` lines: 400 in its own words; else with the sentence",
  firstOfTwo: "of two `X-Api-Token` the first counts; else 400",
  unknownHost: "not there: other hosts have no route",
  noWebSocket: "tokens open no WebSocket",
  withoutCookie: "holds, but one beside a cookie passes too, without that cookie: the verifier is told of none",
  namedHeaders: "holds of headers that the configuration names; a condition on any other lets nobody in",
} as const;

export type InsteadId = keyof typeof INSTEAD;

export type GatewaySpec = {
  readonly name: string;
  /** Its record in Latchkey. */
  readonly key: string;
  readonly adapter: "nginx" | "forward" | "envoy";
  /** Asks by gRPC. */
  readonly grpc?: true;
  /** Major and minor of what it was proven with; of an emulation what was emulated. */
  readonly version: string;
  /** What tells the version of the installed program; null where an emulation obeys the shipped files. */
  readonly told: readonly string[] | null;
  /** What it does where it cannot keep a promise. */
  readonly instead: Readonly<Partial<Record<PromiseId, InsteadId>>>;
  /** Targets that it refuses itself. */
  readonly refuses: readonly string[];
  /** Targets that it spells in another way before it asks. */
  readonly spells: Readonly<Record<string, string>>;
  /** Targets that arrive in another spelling, which counts as the same. */
  readonly merges: Readonly<Record<string, string>>;
  /** Takes away what the client names in `Connection`, before it asks: its own credential too. */
  readonly hopByHop?: true;
  /** It knows no main host: every other is nobody's. */
  readonly apiHostOnly?: true;
  /** What an operator should know of it besides. */
  readonly note: string;
};

const plain = { refuses: [], spells: {}, merges: {}, instead: {} } as const;
export const BROKEN = ["/a%zzb", "/a%", "/a%u002eb"];
export const FRAGMENTS = ["/x#y", "/x?q=a#f"];

export const GATEWAYS: readonly GatewaySpec[] = [
  {
    ...{ ...plain, name: "nginx", key: "gw1", adapter: "nginx", version: "1.22", told: ["nginx", "-v"] },
    refuses: ["/..", "/a%00b", ...BROKEN],
    instead: { unreadable: "twoLines" },
    note: "It has no wildcard for headers: those of ours are replaced by name, and another name that begins like them would pass.",
  },
  {
    ...{ ...plain, name: "Caddy", key: "caddy", adapter: "forward", version: "2.6", told: ["caddy", "version"] },
    refuses: BROKEN,
    spells: { "/a\\b": "/a%5Cb", "/x#y": "/x%23y" },
    note: "2.6 knows no wildcard but at the ends of a name, which is enough for ours; what is empty does not go on. It announces trailers that a client announces, and sends none.",
  },
  {
    ...{ ...plain, name: "HAProxy", key: "haproxy", adapter: "forward", version: "2.6", told: ["haproxy", "-v"] },
    refuses: FRAGMENTS,
    note: "It asks four times before it takes a verifier for absent: that 503 takes some three seconds.",
  },
  {
    ...{ ...plain, name: "Apache", key: "apache", adapter: "forward", version: "2.4", told: ["apache2", "-v"] },
    refuses: ["/..", "/a%00b", ...BROKEN, ...FRAGMENTS],
    merges: { "//": "/", "//rest//api": "/rest//api" },
    note: "Every question opens a connection of its own.",
  },
];
