import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeOnce } from "./percent";

test("decodes escapes exactly once, whatever the case of their digits", () => {
  expect(decodeOnce("a%2Fb%2fc")).toEqual({ text: "a/b/c", utf8: true });
  expect(decodeOnce("%252e")).toEqual({ text: "%2e", utf8: true });
  expect(decodeOnce("100%25+done")).toEqual({ text: "100%+done", utf8: true });
});

test("refuses a percent sign without two hexadecimal digits behind it", () => {
  for (const broken of ["%", "%2", "a%", "%zz", "%2g", "%u002e", "%%20", "% 20"]) expect(decodeOnce(broken)).toBeNull();
});

test("tells UTF-8 from what is not, and never makes ASCII out of overlong bytes", () => {
  expect(decodeOnce("%C3%84B")).toEqual({ text: "ÄB", utf8: true });
  for (const wrong of ["%c0%ae", "%ff", "%e4", "%ed%a0%80", "%c3"]) {
    const decoded = decodeOnce(wrong);
    expect(decoded?.utf8).toBe(false);
    expect(decoded?.text).toMatch(/^\uFFFD+$/);
  }
});

test("agrees with the platform's decoder on everything that one takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      expect(decodeOnce(encodeURIComponent(text))).toEqual({ text, utf8: true });
    }),
  );
});
