import { expect, test } from "vitest";
import { onlyValue, valuesOf } from "./request";

const LINES = ["Host", "a", "AUTHORIZATION", "Basic x", "X-One", "1", "authorization", "Bearer y", "X-Empty", ""];

test("both of two lines with one name are seen, in order, whatever their case", () => {
  expect(valuesOf(LINES, "authorization")).toEqual(["Basic x", "Bearer y"]);
  expect(valuesOf(LINES, "x-two")).toEqual([]);
});

test("a header that must come once counts only when it does and says something", () => {
  expect(onlyValue(LINES, "x-one")).toBe("1");
  expect(onlyValue(LINES, "authorization")).toBeNull();
  expect(onlyValue(LINES, "x-empty")).toBeNull();
  expect(onlyValue(LINES, "x-two")).toBeNull();
});

test("a name is no prefix and no underscore spelling of another", () => {
  expect(valuesOf(["X_One", "a", "X-On", "b", "X-One-", "c"], "x-one")).toEqual([]);
});
