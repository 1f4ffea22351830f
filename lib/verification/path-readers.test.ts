import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { doubtfulPath, nginx, READERS, tomcat } from "#test/path-readers";
import { parseTarget } from "./path";

describe("a path that is neither refused nor signed", () => {
  for (const [name, reader] of Object.entries(READERS))
    test(`is read by ${name} as we read it`, () => {
      let compared = 0;
      fc.assert(
        fc.property(doubtfulPath, (rawPath) => {
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
