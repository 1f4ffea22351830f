import { execFileSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeString, envValue, powershellString, shellWord, urlUser } from "./quoting";

const HOSTILE = [
  "it's",
  "$(id)",
  "`id`",
  "a\\b",
  'a"b',
  "a\nb",
  "$HOME",
  "!!",
  "a;b",
  "*",
  "",
  "żółć 😀",
  "--flag",
  "%41",
  "'; rm -rf /; '",
];

describe("a word for the shell", () => {
  test.each(HOSTILE)("%j comes out of a real shell as it went in", (text) => {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" })).toBe(text);
  });
});

describe("a string for Python and JavaScript", () => {
  test.each(HOSTILE)("%j is the same string again", (text) => expect(runInNewContext(codeString(text))).toBe(text));

  test("is ASCII where a line separator or control character could end it", () => {
    expect(codeString("\u2028\u0085\u007f")).toBe('"\\u2028\\u0085\\u007f"');
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => runInNewContext(codeString(text)) === text && !/[\p{Cc}\u2028\u2029]/u.test(codeString(text)),
      ),
    );
  });
});

test("a string for PowerShell doubles every character that it takes for a quote, also the typographic ones", () => {
  expect(powershellString("it's ‘so’ ‚and‛ $x `n")).toBe("'it''s ‘‘so’’ ‚‚and‛‛ $x `n'");
});

test("the user part of a URL can neither end it nor mean anything to a shell", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const part = urlUser(text);
      expect(part).toMatch(/^[\w.%-]*$/);
      expect(decodeURIComponent(part)).toBe(text);
    }),
  );
  expect(urlUser("mara.lindqvist")).toBe("mara.lindqvist");
  expect(urlUser("a b@c:d/e!'()*")).toBe("a%20b%40c%3Ad%2Fe%21%27%28%29%2A");
});

test("a value in a .env file is plain where it can be, quoted where not, and always one line", () => {
  expect(envValue("lk_b8Rk2vQ")).toBe("lk_b8Rk2vQ");
  expect(envValue("a b#c")).toBe("'a b#c'");
  expect(envValue("a\nb=c")).toBe("'a b=c'");
});
