import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern, matches } from "./pattern";

const match = (pattern: string, path: string, fold = false) =>
  matches(
    compilePattern(pattern, fold),
    path.split("/").filter((part) => part !== ""),
  );

test("a pattern is anchored at both ends and compares whole segments", () => {
  expect(match("/rest/api", "/rest/api")).toBe(true);
  for (const path of ["/rest", "/rest/api/2", "/x/rest/api", "/rest/apix", "/restx/api", "/"])
    expect(match("/rest/api", path)).toBe(false);
});

test("one star is exactly one segment, two are any number", () => {
  expect(match("/rest/*/session", "/rest/1/session")).toBe(true);
  expect(match("/rest/*/session", "/rest/session")).toBe(false);
  expect(match("/rest/*/session", "/rest/1/2/session")).toBe(false);
  for (const path of ["/rest", "/rest/a", "/rest/a/b/c"]) expect(match("/rest/**", path)).toBe(true);
  expect(match("/rest/**", "/restx")).toBe(false);
  expect(match("/**", "/")).toBe(true);
});

test("two stars inside a pattern find their end wherever it is", () => {
  for (const path of ["/scm/git-upload-pack", "/scm/p/r.git/git-upload-pack", "/scm/git-upload-pack/git-upload-pack"])
    expect(match("/scm/**/git-upload-pack", path)).toBe(true);
  for (const path of ["/scm/p/r.git/git-receive-pack", "/scm/git-upload-pack/x", "/git-upload-pack"])
    expect(match("/scm/**/git-upload-pack", path)).toBe(false);
  expect(match("/**/a/**/b", "/x/a/y/a/z/b")).toBe(true);
  expect(match("/**/a/**/b", "/x/b/a")).toBe(false);
});

test("a star inside a segment is any characters there", () => {
  expect(match("/**/*.jspa", "/secure/Some!default.jspa")).toBe(true);
  expect(match("/**/*.jspa", "/secure/Some.jspa/x")).toBe(false);
  expect(match("/secure/Logout*", "/secure/Logout!default.jspa")).toBe(true);
  expect(match("/a*a", "/a")).toBe(false);
  expect(match("/a*b", "/a-b")).toBe(true);
  for (const path of ["/a-c", "/x-b", "/ba"])
    for (const fold of [true, false]) expect(match("/a*b", path, fold)).toBe(false);
});

test("case counts, unless what is matched must not be reached", () => {
  expect(match("/rest/auth", "/REST/auth")).toBe(false);
  expect(matches(compilePattern("/rest/auth"), ["REST", "auth"])).toBe(false);
  expect(match("/rest/Auth/*.JSPA", "/REST/auth/x.Jspa", true)).toBe(true);
});

test("escapes in a pattern mean the character, and what is before the context is not looked at", () => {
  expect(match("/a%20b", "/a b")).toBe(true);
  expect(matches(compilePattern("/rest/**"), ["jira", "rest", "api"], 1)).toBe(true);
  expect(matches(compilePattern("/rest/**"), ["jira", "rest", "api"])).toBe(false);
});

test("many stars and many segments cost no more than their product", () => {
  // Cost beyond the product would not end within the test's limit.
  const segments = Array.from({ length: 2000 }, () => "a");
  expect(matches(compilePattern(`${"/**/a".repeat(8)}/b`), segments)).toBe(false);
});

test("agrees with the same pattern as a regular expression", () => {
  const part = fc.constantFrom("a", "b", "*", "**");
  const name = fc.constantFrom("a", "b", "c");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), fc.array(name, { maxLength: 6 }), (parts, names) => {
      const source = parts.map((one) => (one === "**" ? "(?:/[^/]+)*" : one === "*" ? "/[^/]+" : `/${one}`)).join("");
      const path = names.map((one) => `/${one}`).join("");
      expect(match(`/${parts.join("/")}`, path)).toBe(new RegExp(`^${source}$`).test(path));
    }),
    { numRuns: 2000 },
  );
});
