import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTarget } from "./path";

/** How others read the same path. Null: they refuse it. */
type Reader = (rawPath: string) => readonly string[] | null;

function decode(text: string): string {
  const bytes = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function resolve(segments: readonly string[]): readonly string[] {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === "..") resolved.pop();
    else if (segment !== "" && segment !== ".") resolved.push(segment);
  }
  return resolved;
}

/** Tomcat: cuts parameters, decodes, refuses escaped slashes and backslashes, then merges and resolves. */
const tomcat: Reader = (rawPath) => {
  if (/%(2f|5c|00)/i.test(rawPath) || rawPath.includes("\\")) return null;
  return resolve(decode(rawPath.replace(/;[^/]*/g, "")).split("/"));
};

/** nginx choosing a location: decodes all, then merges and resolves; knows no parameters. */
const nginx: Reader = (rawPath) => resolve(decode(rawPath).split("/"));

/** A proxy that compares bytes: decodes nothing, merges nothing but what is empty. */
const literal: Reader = (rawPath) =>
  rawPath
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decode(part));

/** The most obliging upstream: decodes twice, takes backslashes for slashes and full-width for half-width, cuts parameters last. */
const obliging: Reader = (rawPath) => {
  const twice = decode(decode(rawPath)).normalize("NFKC").replaceAll("\\", "/");
  return resolve(twice.replace(/;[^/]*/g, "").split("/"));
};

const READERS: Readonly<Record<string, Reader>> = { tomcat, nginx, literal, obliging };

/** Names as they are on lists, and everything that has ever fooled somebody between them. */
const piece = fc.constantFrom(
  ...[
    "/",
    "//",
    "rest",
    "api",
    "2",
    "search",
    "secure",
    "admin",
    "auth",
    "session",
    ".",
    "..",
    "...",
    ";",
    ";x=1",
    "%3b",
    "%2f",
    "%2F",
  ],
  ...[
    "%5c",
    "\\",
    "%2e",
    "%2E%2e",
    "%252e",
    "%252f",
    "%25",
    "%20",
    "%41",
    "%c0%ae",
    "%EF%BC%8E",
    "%EF%BC%8F",
    "%E2%80%A6",
    "~",
    "$",
    "*",
    "+",
  ],
);
const target = fc.array(piece, { minLength: 1, maxLength: 14 }).map((parts) => `/${parts.join("")}`);

describe("a path that is neither refused nor signed", () => {
  for (const [name, reader] of Object.entries(READERS))
    test(`is read by ${name} as we read it`, () => {
      let compared = 0;
      fc.assert(
        fc.property(target, (rawPath) => {
          const parsed = parseTarget(rawPath);
          if (!parsed.ok || parsed.signatures.length > 0) return;
          compared += 1;
          const ours =
            name === "obliging" ? parsed.segments.map((segment) => segment.normalize("NFKC")) : parsed.segments;
          expect([rawPath, reader(rawPath)]).toEqual([rawPath, ours]);
        }),
        { numRuns: 3000 },
      );
      expect(compared).toBeGreaterThan(100);
    });
});

describe("the readers here do differ, so that agreeing means something", () => {
  test("on what is refused to everybody", () => {
    expect(tomcat("/rest/..;/secure/admin")).toEqual(["secure", "admin"]);
    expect(nginx("/rest/..;/secure/admin")).toEqual(["rest", "..;", "secure", "admin"]);
    expect(parseTarget("/rest/..;/secure/admin").ok).toBe(false);
  });

  test("on what is signed", () => {
    const differing = [
      "/rest;x/api",
      "/rest%2fapi",
      "/rest/%252e%252e/secure",
      "/rest%5capi",
      "/rest%3bx/api",
      "/rest%EF%BC%8Fapi",
    ];
    for (const rawPath of differing) {
      const readings = new Set(Object.values(READERS).map((reader) => JSON.stringify(reader(rawPath))));
      expect(readings.size).toBeGreaterThan(1);
      const parsed = parseTarget(rawPath);
      expect([rawPath, parsed.ok && parsed.signatures.length > 0]).toEqual([rawPath, true]);
    }
  });
});
