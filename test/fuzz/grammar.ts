import fc, { type Arbitrary } from "fast-check";
import { doubtfulPath } from "#test/path-readers";

/** Good nearly always, so that whatever is hostile beside it is reached. */
export const mostly = <T>(good: Arbitrary<T>, hostile: Arbitrary<T>, weight = 14): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: hostile });

/** What nobody who parses text likes to see. */
export const nasty = fc.constantFrom(
  ...[
    "",
    " ",
    "\t",
    "\u0001",
    "\u007f",
    "\u0080",
    "\u00a0",
    "\u00e4",
    "\u2025",
    "\uff0f",
    "\ud800",
    "\ufeff",
    "%",
    "%%",
  ],
  ...[
    "%0",
    "%00",
    "%0a",
    "%u002e",
    "%c0%ae",
    "%e0%80%af",
    "'",
    '"',
    "<",
    "{",
    "${",
    ",",
    ";",
    ":",
    "@",
    "#",
    "\\",
    "|",
  ],
  ...[
    "__proto__",
    "constructor",
    "null",
    "undefined",
    "NaN",
    "-1",
    "1e9",
    "..",
    "/",
    "//",
    "*",
    "\u202e",
    "a".repeat(300),
  ],
);

const GOOD = [
  ...["/rest/api/2/myself", "/rest/api/2/issue/A-1?expand=names", "/rest//api/2/search?jql=a%20b", "/rest"],
  ...["/secure/attachment/1/a%20b.txt", "/download/x", "/docs/rest/x", "/docs", "/rest/api/latest/search"],
  ...["/rest/auth/1/session", "/rest/pat/1", "/secure/admin", "/x.jspa", "/logout", "/docs/WEB-INF/web.xml"],
] as const;
const ELSEWHERE = [
  ...["/git/scm/p/r.git/info/refs?service=git-upload-pack", "/git/scm/p/r.git/info/refs?service=git-receive-pack"],
  ...["/git/scm/p/r.git/git-upload-pack", "/git/scm/~maria/r.git/git-receive-pack", "/git/scm/p/r.git/WEB-INF/x"],
  ...["/git/scm/p/r.git/info/lfs/objects/batch", "/git/rest/api/1.0/projects/P/repos/r/browse/WEB-INF/a%3bb.xml"],
  ...["/git/rest/access-tokens/1.0/users/x", "/git/rest/keys/1.0/ssh", "/git/projects/P", "/git", "/git/rest/api/1.0"],
  ...[
    "/wiki/rest/api/content?limit=1",
    "/wiki/download/attachments/1/x.png",
    "/wiki/rest/api/contentbody/convert/view",
  ],
  ...[
    "/wiki/pages/viewpage.action?pageId=1",
    "/wiki/rest/x.action",
    "/wiki/rest/pat/1",
    "/wiki/rpc/json-rpc/x",
    "/wiki",
  ],
] as const;
const jiras = fc.constantFrom(...GOOD);
/** Targets that nothing is wrong with, though not all of them for tokens. */
export const good = fc.oneof({ weight: 2, arbitrary: jiras }, { weight: 1, arbitrary: fc.constantFrom(...ELSEWHERE) });

const piece = fc.oneof(nasty, doubtfulPath);
const splicing = (any: Arbitrary<string>): Arbitrary<string> =>
  fc
    .tuple(any, fc.nat({ max: 40 }), piece)
    .map(([text, at, what]) => text.slice(0, 1 + at) + what + text.slice(1 + at));
const spliced = splicing(good);
const query = fc.constantFrom(
  ...["", "", "?", "?a=b&c", "?_method=DELETE", "?%5fmethod=PUT", "?$method=GET", "?X-HTTP-Method-Override=PATCH"],
  ...["?os_username=maria&os_password=x", "?a=%00", "?q=#f", "?;x", "?oauth_signature=x", "?service=git-receive-pack"],
);
const overlong = fc
  .tuple(fc.constantFrom("/a", "/%2f", "/;x", "/..a", "%2525", "/rest", "a"), fc.integer({ min: 300, max: 3_000 }))
  .map(([what, times]) => `/rest/${what.repeat(times)}`);
const form = fc.constantFrom(
  "",
  "*",
  "rest/api",
  "http://jira.corp/rest/api",
  "//jira.corp/rest",
  "\\rest",
  "?",
  "jira.corp:443",
);

/** Paths as a client can put them on a request line: visible ASCII, and nothing that ends a path. */
export const anyPath = fc
  .oneof(jiras, splicing(jiras), doubtfulPath, overlong)
  .map((path) => `/${path.replace(/[^!-~]|[?#]/g, "")}`.replace("//", "/"))
  .filter((path) => path.length < 7_000);

/** Request targets: plain ones, and those with anything put into them anywhere. */
export const anyTarget = fc.oneof(
  { weight: 8, arbitrary: good },
  { weight: 6, arbitrary: spliced },
  { weight: 4, arbitrary: fc.tuple(doubtfulPath, query).map(([path, more]) => path + more) },
  { weight: 4, arbitrary: fc.tuple(good, query).map(([path, more]) => path + more) },
  { weight: 1, arbitrary: overlong },
  { weight: 1, arbitrary: form },
);

/** What a client may say of where it moves something to. */
export const anyDestination = fc
  .tuple(
    mostly(
      fc.constantFrom("", "", "http://jira.corp", "https://JIRA.corp.:8443"),
      fc.constantFrom("http://a@jira.corp", "http://evil.example", "//jira.corp", "/", "\\", "http:", "/rest/x,", " "),
    ),
    anyTarget,
  )
  .map((parts) => parts.join(""));

export const anyMethod = mostly(
  fc.constantFrom("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PROPFIND", "M-SEARCH"),
  fc.oneof(
    fc.constantFrom("get", "TRACE", "TRACK", "CONNECT", "DEBUG", "GET ", "G\u00cbT", "A".repeat(40), "GET,POST"),
    nasty,
  ),
);

const hostPiece = fc.constantFrom(
  "jira.corp",
  "JIRA.corp",
  ".",
  ":",
  "443",
  "@",
  "evil.example",
  ",",
  "[::1]",
  "%2e",
  "/",
  "\u212a",
);
export const anyHost = mostly(
  fc.constantFrom("jira.corp", "jira.corp", "Jira.Corp", "jira.corp:443", "jira.corp.", "jira.corp.:8443"),
  fc.oneof(
    nasty,
    fc.array(hostPiece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  ),
);

export const anyProto = mostly(
  fc.constantFrom("https", "http"),
  fc.oneof(nasty, fc.constantFrom("HTTPS", "https,http", "ws")),
  30,
);

const addressPiece = fc.constantFrom(
  "192.0.2.7",
  "198.51.100.1",
  "::ffff:",
  "c000:207",
  ",",
  " ",
  "0",
  "%eth0",
  "/32",
  "]",
  "[",
  ".1",
  ":1",
);
export const anyAddress = mostly(
  fc.constantFrom("192.0.2.7", "192.0.2.255", "::ffff:192.0.2.7", "::ffff:c000:207", "198.51.100.1", "2001:db8::1"),
  fc.oneof(
    nasty,
    fc.constantFrom("192.0.2.7:4711", "[::ffff:192.0.2.7]:443", "198.51.100.1:80", "192.0.2.7:65536"),
    fc.array(addressPiece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  ),
);

const proxy = fc.constantFrom("10.0.0.1", "10.255.0.9", "::ffff:10.0.0.1", "10.0.0.1:4711", "[::ffff:10.0.0.1]:443");
const hop = mostly(
  fc.oneof(proxy, fc.constantFrom("192.0.2.7", "192.0.2.7:4711", "198.51.100.1")),
  fc.oneof(nasty, fc.constantFrom("unknown", "_hidden", "for=192.0.2.7", "11.0.0.1", "10.0.0.1 192.0.2.7")),
);
/** Lists of addresses as proxies make them, each adding who asked it at the end. */
export const anyHops = fc
  .tuple(fc.array(hop, { maxLength: 3 }), mostly(proxy, hop, 4), mostly(fc.constant(","), fc.constant(", "), 1))
  .map(([before, last, comma]) => [...before, last].join(comma));
