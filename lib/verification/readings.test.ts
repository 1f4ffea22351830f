import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { doubtfulPath } from "#test/path-readers";
import { parseTarget } from "./path";
import { decodeLeniently, otherBeginnings, otherReadings } from "./readings";

function read(target: string): readonly string[] {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(parsed.rule);
  return (otherReadings(parsed) ?? [["unread"]]).map((segments) => segments.join("|"));
}

describe("how others may read a path", () => {
  test("is no question where nothing in it is in doubt", () => {
    for (const target of ["/rest/api/2/myself", "/rest//api", "/a%20b/%C3%84", "/100%25"])
      expect(read(target)).toEqual([]);
  });

  test.each([
    ["/a%2Fb/c", ["a/b|c", "a|b|c"]],
    ["/a;x/b", ["a;x|b", "a|b"]],
    ["/a%3bx/b", ["a;x|b", "a|b"]],
    ["/a%5cb", ["a\\b", "a|b"]],
    ["/%2541", ["%41", "A"]],
    ["/a%EF%BC%8Fb", ["a／b", "a/b", "a|b"].filter((each) => each !== "a/b")],
    ["/x/%c0%af", ["x|\uFFFD\uFFFD", "x"]],
  ])("%s: to the letter, and obligingly", (target, readings) => {
    for (const reading of readings) expect(read(target)).toContain(reading);
  });

  test("mixes what they oblige in: who decodes twice need not cut at semicolons", () => {
    const all = read("/rest/%253bx%252fy");
    expect(all).toEqual(expect.arrayContaining(["rest|%3bx%2fy", "rest|;x|y", "rest|y"]));
    expect(new Set(all).size).toBe(all.length);
  });

  test("is worked out once, however many steps ask", () => {
    const target = parseTarget("/rest/a%2Fb;c");
    if (!target.ok) throw new Error(target.rule);
    expect(otherReadings(target)).toBe(otherReadings(target));
  });

  test("of one that is too long to be read in every way are not told", () => {
    const told = (length: number) => {
      const parsed = parseTarget(`/rest/${"a".repeat(length)}%2Fb`);
      return parsed.ok && otherReadings(parsed) !== null;
    };
    expect([told(900), told(1_100)]).toEqual([true, false]);
  });

  test("of one that is too long begin like those of its beginning, whatever that is", () => {
    fc.assert(
      fc.property(doubtfulPath, (path) => {
        const short = parseTarget(path);
        const long = parseTarget(`${path}/${"a".repeat(1_100)}%2f`);
        if (!short.ok || !long.ok || short.signatures.length === 0) return;
        expect(otherBeginnings(long)).toEqual(otherReadings(short));
      }),
    );
  });
});

test("what is no escape stays as it is, and what is one is decoded all the same", () => {
  expect(decodeLeniently("%zz%41%")).toBe("%zzA%");
  expect(decodeLeniently("%C3%84%ff")).toBe("Ä\uFFFD");
});
