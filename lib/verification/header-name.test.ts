import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isNamed, isNamedToCgi } from "./header-name";

describe("a header's name", () => {
  test.each(["x-api-token", "X-Api-Token", "X-API-TOKEN", "x-aPI-tOKEN"])("%s is x-api-token", (said) => {
    expect(isNamed(said, "x-api-token")).toBe(true);
  });
  test.each(["x-api-toke", "x-api-tokens", "x_api-token", "", "x-api-to\u212aen", "X\u000dAPI-TOKEN"])(
    "%j is not x-api-token",
    (said) => {
      expect(isNamed(said, "x-api-token")).toBe(false);
    },
  );
  test("a name with an underscore is itself and nothing else", () => {
    expect(isNamed("X_Token", "x_token")).toBe(true);
    expect(isNamed("X-Token", "x_token")).toBe(false);
    expect(isNamed("X\u007fToken", "x_token")).toBe(false);
  });
  test("folds as ASCII does, whatever the name is made of", () => {
    const ascii = fc.string({ unit: "binary-ascii", maxLength: 8 });
    fc.assert(
      fc.property(ascii, ascii, (said, name) => {
        const lower = name.toLowerCase();
        expect(isNamed(said, lower)).toBe(said.toLowerCase() === lower);
        expect(isNamed(name, lower)).toBe(true);
      }),
    );
  });
});

test("to CGI an underscore is a hyphen, and all else is as it was", () => {
  expect(isNamedToCgi("X_Http_Method-Override", "x-http-method-override")).toBe(true);
  expect(isNamedToCgi("X-HTTP-METHOD-OVERRIDE", "x-http-method-override")).toBe(true);
  expect(isNamedToCgi("X.Http-Method-Override", "x-http-method-override")).toBe(false);
  expect(isNamedToCgi("X-Http-Method-Overrid", "x-http-method-override")).toBe(false);
});
