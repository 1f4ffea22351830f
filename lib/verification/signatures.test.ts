import { describe, expect, test } from "vitest";
import type { FilterRule } from "#lib/applications/application";
import { isExempt, isInsideOfWar, signaturesOf } from "./signatures";

const of = (raw: string, decoded = raw, utf8 = true) => signaturesOf(raw, decoded, utf8);

describe("a segment is signed", () => {
  test("for what it decodes to, not for what is in its encoding", () => {
    expect(of("a%20b", "a b")).toEqual([]);
    expect(of("100%25", "100%")).toEqual([]);
    expect(of("%25zz", "%zz")).toEqual([]);
    expect(of("%252f", "%2f")).toEqual(["double_encoding"]);
    expect(of("%2541", "%41")).toEqual(["double_encoding"]);
  });

  test("for each thing in doubt, all of them", () => {
    expect(of("a;b%3b%2f", "a;b;/")).toEqual(["semicolon", "enc_semicolon", "enc_slash"]);
    expect(of("%ff", "\uFFFD", false)).toEqual(["utf8"]);
  });

  test("for the openings of template languages, and not for braces alone", () => {
    for (const sign of ["$", "#", "%", "*"]) expect(of("x", `${sign}{x}`)).toContain("expression");
    for (const decoded of ["{x}", "$x", "{{x}}", "a$ {"]) expect(of("x", decoded)).toEqual([]);
  });

  test("for characters that turn into delimiters, and not for others that are only wide", () => {
    for (const decoded of ["\uFF0F", "\uFF0E\uFF0E", "\uFF1B", "\uFF3C", "\uFF05", "a.b\uFF0E"])
      expect(of("x", decoded)).toContain("homoglyph");
    for (const decoded of ["\uFF21\uFF22", "Ä", "日本語", "\uFB01"]) expect(of("x", decoded)).toEqual([]);
  });

  test("for raw characters that no path may have", () => {
    for (const raw of ["<", ">", '"', "{", "}", "|", "^", "`"]) expect(of(raw)).toContain("raw_delims");
    expect(of("%3C", "<")).toEqual([]);
  });
});

test("the inside of a web archive is recognised in any case, also with what Windows ignores behind it", () => {
  for (const name of ["WEB-INF", "web-inf", "Meta-Inf", "WEB-INF.", "meta-inf . ."])
    expect(isInsideOfWar(name)).toBe(true);
  for (const name of ["WEBINF", "WEB-INFO", "my-web-inf", "web-inf-notes", "META_INF", ""])
    expect(isInsideOfWar(name)).toBe(false);
});

describe("names in repositories of Bitbucket may be anything", () => {
  const exempt = (path: string, signature: FilterRule, kind: "bitbucket" | "jira" = "bitbucket") =>
    isExempt(signature, kind, path.split("/").slice(1), 0);
  const FILE = "/rest/api/1.0/projects/X/repos/y/browse/src/web.xml";

  test("below the content of a repository, and nowhere else", () => {
    for (const signature of ["web_inf", "enc_semicolon"] as const) {
      expect(exempt(FILE, signature)).toBe(true);
      expect(exempt("/rest/api/1.0/projects/X/repos/y/settings/browse", signature)).toBe(false);
      expect(exempt("/rest/api/1.0/projects/X/browse", signature)).toBe(false);
      expect(exempt(FILE, signature, "jira")).toBe(false);
    }
  });

  test("but never so that an address of git could be read in two ways", () => {
    expect(exempt("/scm/p/r.git/WEB-INF", "web_inf")).toBe(true);
    expect(exempt("/scm/p/r.git/git-receive-pack;/git-upload-pack", "enc_semicolon")).toBe(false);
  });

  test("and no other signature is lifted", () => {
    for (const signature of [
      "semicolon",
      "enc_slash",
      "backslash",
      "double_encoding",
      "expression",
      "homoglyph",
    ] as const)
      expect(exempt(FILE, signature)).toBe(false);
  });
});
