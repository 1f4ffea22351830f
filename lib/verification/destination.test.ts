import fc from "fast-check";
import { expect, test } from "vitest";
import { doubtfulPath } from "#test/path-readers";
import { application } from "#test/verification";
import { destinationOf, needsDestination } from "./destination";
import { parseTarget } from "./path";
import { layRoutes } from "./route";

const DAV = application({ key: "dav", kind: "generic", routes: [{ host: "dav.corp", context: "/dav" }] });
const WIKI = application({
  key: "wiki",
  kind: "generic",
  routes: [
    { host: "dav.corp", context: "/wiki" },
    { host: "wiki.corp", context: "" },
  ],
});
const ROUTES = layRoutes([DAV, WIKI], ({ key }) => key);

const asked = (...values: readonly string[]) => ({
  ...{ method: "MOVE", target: "/dav/a", host: "Dav.corp:8443", proto: "https", clientAddress: "192.0.2.7" },
  headers: values.flatMap((value) => ["Destination", value]),
});
const of = (...values: readonly string[]) => destinationOf(asked(...values), ROUTES, "dav");
const GOOD = "/dav/maria/work/b";
const where = (...values: readonly string[]) => {
  const found = of(...values);
  return found !== null && typeof found === "object" && "target" in found ? found.target.path : found;
};

test.each([
  GOOD,
  ...[
    "http://dav.corp",
    "https://dav.corp",
    "HTTPS://DAV.CORP",
    "https://dav.corp:443",
    "https://dav.corp:9",
    "http://dav.corp.",
  ].map((host) => host + GOOD),
])("%s is read like a request target", (value) => {
  expect(of(value)).toEqual({ target: parseTarget(GOOD), depth: 1 });
});

test("escapes and double slashes within it are read as in a target", () => {
  expect(where("/dav/maria/%77ork//b%20c")).toBe("/dav/maria/work/b%20c");
  expect(where("/dav/a,b,%20c")).toBe("/dav/a%2Cb%2C%20c");
});

test.each([
  ["form", ""],
  ["form", "work/b"],
  ["form", "dav.corp/dav/b"],
  ["form", "https:/dav/b"],
  ["form", "https:///dav/b"],
  ["form", "https:dav.corp/dav/b"],
  ["form", "https://dav.corp"],
  ["form", "ftp://dav.corp/dav/b"],
  ["form", "file:///dav/b"],
  ["form", " /dav/b"],
  ["form", "//evil.example/dav/b"],
  ["form", "//dav/b"],
  ["form", "/\\evil.example/dav/b"],
  ["form", "/%2fevil.example/dav/b"],
  ["form", "/%5Cevil.example/dav/b"],
  ["form", "https://dav.corp//evil.example/dav/b"],
  ["form", "/dav/a:/wiki/b"],
  ["form", "/dav/a%3A/wiki/b"],
  ["form", "/dav/a%253a/wiki/b"],
  ["form", "/dav/a://x/wiki/b"],
  ["form", "/dav/a:b"],
  ["form", "/dav/a?/../../wiki/b"],
  ["form", "https://dav.corp/dav/a?/../../wiki/b"],
  ["host", "https://wiki.corp/dav/b"],
  ["host", "https://a@dav.corp/dav/b"],
  ["host", "https://dav.corp@evil.example/dav/b"],
  ["host", "https://evil.example\\@dav.corp/dav/b"],
  ["host", "https://evil.example#@dav.corp/dav/b"],
  ["host", "https://evil.example?@dav.corp/dav/b"],
  ["host", "https://dav.corp:443:80/dav/b"],
  ["host", "https://dav%2ecorp/dav/b"],
  ["host", "https://dav.corp\t/dav/b"],
  ["several", "/dav/a,/dav/b"],
  ["several", "/dav/a, /dav/b"],
  ["several", "/dav/a,https://evil.example/dav/b"],
  ["several", "/dav/a,\\dav"],
  ["several", "/dav/a?,/dav/b"],
  ["several", "/dav/a,../wiki/b"],
  ["several", "/dav/a, ./b"],
  ["several", "/dav/a,%2E./wiki/b"],
  ["application", "/"],
  ["application", "/davy/b"],
  ["application", "/wiki/b"],
  ["application", "/dav%2fb"],
  ["application", "/wiki%2fb"],
])("it is refused (%s): %s", (fault, value) => {
  expect(of(value)).toBe(fault);
});

test.each([
  ["dot_segment", "/dav/../wiki/b"],
  ["dot_segment", "https://dav.corp/dav/%2e%2E/wiki/b"],
  ["dot_segment", "/dav/..;/wiki"],
  ["dot_segment", "/dav%2f..%2fwiki/b"],
  ["fragment", "/dav/b#c"],
  ["raw_bytes", "/dav/b c"],
  ["raw_bytes", "/dav/\u00e4"],
  ["bad_escape", "/dav/%zz"],
  ["control", "/dav/%00"],
  ["too_long", `/dav/${"a".repeat(5_000)}`],
])("what a path is refused for to everybody, this is refused for too (%s)", (rule, value) => {
  expect(of(value)).toEqual({ ok: false, rule });
});

test("a name with a colon is read in an address, and with a comma where nobody joins lines", () => {
  expect(where("https://dav.corp/dav/urn:uuid:1")).toBe("/dav/urn:uuid:1");
  const joined = (value: string) => destinationOf(asked(value), ROUTES, "dav", true);
  expect([joined("/dav/a,b"), joined("https://dav.corp/dav/a,b")]).toEqual(["several", "several"]);
  expect(joined("/dav/a%2Cb")).toEqual({ target: parseTarget("/dav/a%2Cb"), depth: 1 });
});

test("two are refused, also two that are the same", () => {
  expect([of(GOOD, GOOD), of(GOOD, ""), of("", GOOD)]).toEqual(["several", "several", "several"]);
});

test("MOVE and COPY must have one, and nothing else need have", () => {
  const without = (method: string) => destinationOf({ ...asked(), method }, ROUTES, "dav");
  expect(["MOVE", "COPY", "PUT", "GET", "PROPFIND"].map(without)).toEqual(["missing", "missing", null, null, null]);
  expect(["MOVE", "COPY", "PUT"].map(needsDestination)).toEqual([true, true, false]);
});

test("whatever path it names is read as the same path on a request line is, or is refused", () => {
  const prefix = fc.constantFrom("", "http://dav.corp", "https://DAV.corp.:8443");
  fc.assert(
    fc.property(prefix, doubtfulPath, (address, path) => {
      const found = of(`${address}/dav${path}`);
      if (found === null || typeof found === "string") return;
      const target = parseTarget(`/dav${path}`);
      expect("target" in found ? found.target : found).toEqual(target);
    }),
  );
});

test("no host but the request's own is one that it may name", () => {
  const piece = fc.constantFrom(
    "dav.corp",
    "DAV.corp",
    "evil.example",
    ".",
    ":",
    "443",
    "@",
    "\\",
    "%2e",
    "?",
    "#",
    "[::1]",
    "wiki",
    "\t",
  );
  const host = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(host, (name) => {
      const isOwn = /^dav\.corp\.?(?::\d*)?$/i.test(name);
      expect([name, typeof of(`https://${name}${GOOD}`) === "object"]).toEqual([name, isOwn]);
    }),
  );
});
