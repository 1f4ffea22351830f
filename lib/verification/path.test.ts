import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PathRule, parseTarget } from "./path";

const read = (target: string) => {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(`${target} is refused: ${parsed.rule}`);
  return parsed;
};
const ruleOf = (target: string) => {
  const parsed = parseTarget(target);
  return parsed.ok ? null : parsed.rule;
};

describe("refused to everybody", () => {
  const refused: Record<PathRule, readonly string[]> = {
    target_form: ["", "*", "http://evil.example/rest/x", "evil.example:443", "rest/api", "?a=b"],
    too_long: [`/${"a".repeat(4096)}`, `/a?${"b".repeat(8192)}`],
    fragment: ["/#/../admin", "/rest#x", "/rest?a#b", "/#"],
    raw_bytes: ["/rest/ä", "/a b", "/a\tb", "/a\r\nb", "/a?b=\u0000", "/a?q=ü", "/\u007f"],
    bad_escape: ["/%zz", "/rest/%", "/a%2", "/%u002e%u002e/", "/a/%g0/b"],
    control: ["/a%00", "/a%0a", "/a%0D%0Ab", "/%1f", "/%7f", "/a%c2%85", "/archive?prefix=ax%00--exec=x"],
    dot_segment: [
      "/.",
      "/..",
      "/a/./b",
      "/rest/../secure/admin",
      "/rest/%2e%2e/secure/admin",
      "/rest/.%2e/secure",
      "/rest/%2E./secure",
      "/rest/..;/secure/admin",
      "/rest/..;a=b/secure/admin",
      "/rest/..%3b/secure/admin",
      "/rest/%2e%2e%3Bx/secure",
      "/rest/api/2/search;/../../../../secure/admin",
      "/rest/.;x/secure",
      "/rest/a%2f..%2fsecure",
      "/rest/..%2fsecure",
      "/rest/..%5csecure",
      "/rest\\..\\secure",
      "/rest/%2e%2e",
    ],
  };
  for (const [rule, targets] of Object.entries(refused)) {
    test(rule, () => expect(targets.map(ruleOf)).toEqual(targets.map(() => rule)));
  }

  test("lengths at the bound still pass", () => {
    expect(ruleOf(`/${"a".repeat(4095)}`)).toBeNull();
    expect(ruleOf(`/a?${"b".repeat(8189)}`)).toBeNull();
  });
});

describe("the canonical form", () => {
  test("decodes once, merges empty segments, drops the slash at the end", () => {
    expect(read("/rest/api/2/issue/A-1").segments).toEqual(["rest", "api", "2", "issue", "A-1"]);
    expect(read("/jira//rest///api/").segments).toEqual(["jira", "rest", "api"]);
    expect(read("/%72est/a%20b/%C3%84").segments).toEqual(["rest", "a b", "Ä"]);
    expect(read("/").segments).toEqual([]);
    expect(read("//").segments).toEqual([]);
  });

  test("cuts parameters as Tomcat does, and keeps an escaped semicolon in the name", () => {
    expect(read("/rest;x=1/api;v=2").segments).toEqual(["rest", "api"]);
    expect(read("/;x/secure/admin").segments).toEqual(["secure", "admin"]);
    expect(read("/a%3bb").segments).toEqual(["a;b"]);
  });

  test("keeps dots inside names", () => {
    expect(read("/docs/.hidden/..gitkeep.md/...").segments).toEqual(["docs", ".hidden", "..gitkeep.md", "..."]);
  });

  test("leaves the query as it came", () => {
    expect(read("/a/b?x=%2e%2e&y=/../&z").query).toBe("x=%2e%2e&y=/../&z");
    expect(read("/a").query).toBe("");
    expect(read("/a?b?c").query).toBe("b?c");
    expect(read("/a?%zz").query).toBe("%zz");
  });

  test("is written unambiguously for log and records", () => {
    expect(read("/rest/api/").path).toBe("/rest/api");
    expect(read("/a%2fb/c").path).toBe("/a%2Fb/c");
    expect(read("/a%20b//c").path).toBe("/a%20b/c");
  });
});

test("signatures name what could be read in two ways", () => {
  const signed: Record<string, string> = {
    utf8: "/a%ff",
    semicolon: "/a;b",
    enc_semicolon: "/a%3Bb",
    enc_slash: "/group%2Frepo",
    backslash: "/a%5Cb",
    double_encoding: "/rest/%252e%252e",
    expression: "/%24%7Bx%7D",
    homoglyph: "/%EF%BC%8E%EF%BC%8E",
    raw_delims: "/a<b",
  };
  for (const [signature, target] of Object.entries(signed)) expect(read(target).signatures).toEqual([signature]);
  expect(read("/a\\b").signatures).toEqual(["backslash"]);
  expect(read("/a/%7B%7B/100%25").signatures).toEqual([]);
});

const fragment = fc.constantFrom(
  "/",
  ".",
  "..",
  "%2e",
  "%2E",
  ";",
  "%3b",
  "%2f",
  "\\",
  "%5c",
  "a",
  "rest",
  "%25",
  "%c0%ae",
  "?",
  "=",
  "%00",
  "%",
  "~",
);
const hostile = fc.oneof(
  fc.array(fragment, { maxLength: 12 }).map((parts) => `/${parts.join("")}`),
  fc.webUrl({ withQueryParameters: true }).map((url) => url.replace(/^https?:\/\/[^/]*/, "") || "/"),
  fc.string({ maxLength: 60 }).map((text) => `/${text}`),
);

describe("for any target", () => {
  test("no segment is empty or made of dots, in whatever reading", () => {
    fc.assert(
      fc.property(hostile, (target) => {
        const parsed = parseTarget(target);
        if (!parsed.ok) return;
        for (const segment of parsed.segments) {
          expect(["", ".", ".."]).not.toContain(segment);
          for (const part of segment.split(/[/\\]/)) expect([".", ".."]).not.toContain(part.split(";")[0]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("what is not signed reads the same when its canonical form is read again", () => {
    fc.assert(
      fc.property(hostile, (target) => {
        const parsed = parseTarget(target);
        if (!parsed.ok || parsed.signatures.length > 0) return;
        expect(read(parsed.path).segments).toEqual(parsed.segments);
      }),
      { numRuns: 2000 },
    );
  });

  test("what is not signed has as many segments as the raw path has names between slashes", () => {
    fc.assert(
      fc.property(hostile, (target) => {
        const parsed = parseTarget(target);
        if (!parsed.ok || parsed.signatures.length > 0) return;
        expect(parsed.segments.length).toBe(parsed.rawPath.split("/").filter((part) => part !== "").length);
      }),
      { numRuns: 2000 },
    );
  });
});
