import { describe, expect, test } from "vitest";
import { rangesInWords, typedRanges } from "./network-words";

describe("ranges in words", () => {
  test("says that an empty network holds nothing", () => expect(rangesInWords([])).toContain("nothing is inside"));

  test("names the first and counts the rest", () => {
    expect(rangesInWords(["10.0.0.0/8", "192.0.2.7"])).toBe("10.0.0.0/8, 192.0.2.7");
    expect(rangesInWords(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  });
});

test("typed ranges are split at lines, commas and blanks, without empty ones", () => {
  expect(typedRanges(" 10.0.0.0/8,\n\n192.0.2.7 ; ::1/128\n")).toEqual(["10.0.0.0/8", "192.0.2.7", "::1/128"]);
});
