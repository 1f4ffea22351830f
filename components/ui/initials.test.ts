import fc from "fast-check";
import { expect, test } from "vitest";
import { initialsOf } from "./initials";

test.each([
  ["Mara Lindqvist", "ML"],
  ["mara.lindqvist", "ML"],
  ["Fatima El-Amrani", "FA"],
  ["admin", "A"],
  ["józef żółć", "JŻ"],
  ["𝒜da", "𝒜"],
  ["", "?"],
  ["..--", "?"],
])("%j is shown as %s", (name, letters) => expect(initialsOf(name)).toBe(letters));

test("no name makes more than two letters or throws", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => Array.from(initialsOf(name)).length <= 6));
});
