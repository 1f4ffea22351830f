import { expect, test } from "vitest";
import { typedNames } from "./typed-names";

test("names come one a line or with commas, and blanks name nobody", () => {
  expect(typedNames("ada\r\n bea , cyr,\n\n")).toEqual(["ada", "bea", "cyr"]);
  expect(typedNames("  ")).toEqual([]);
  expect(typedNames("मारा लिंद\nأدا")).toEqual(["मारा लिंद", "أدا"]);
});
