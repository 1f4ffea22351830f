import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { request } from "#test/verification";
import { overridesMethod, overridesUrl } from "./overrides";
import { parametersOf } from "./parameters";

const asks = (method: string, headers: readonly string[], query = "") =>
  overridesMethod({ method, headers, parameters: parametersOf(query) });

const NAMES = ["x-http-method-override", "x-http-method", "x-method-override"];
/** Any case, hyphens or underscores: what some upstream takes for the same header. */
const spelling = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(fc.boolean(), { minLength: 22, maxLength: 22 }), fc.boolean())
  .map(([name, upper, underscores]) => {
    const cased = [...name].map((char, i) => (upper[i] ? char.toUpperCase() : char)).join("");
    return underscores ? cased.replaceAll("-", "_") : cased;
  });

describe("another method than the one of the request line", () => {
  test("is seen in every spelling of the headers that name one", () => {
    fc.assert(
      fc.property(spelling, fc.constantFrom("DELETE", "PUT", "", "get"), (name, value) => {
        expect(asks("GET", ["Accept", "*/*", name, value])).toBe(true);
      }),
    );
  });

  test("is seen in every spelling of the parameters that name one", () => {
    fc.assert(
      fc.property(fc.oneof(spelling, fc.constantFrom("_method", "_METHOD", "$method", "%5fmethod")), (name) => {
        expect(asks("GET", [], `a=b&${name}=DELETE`)).toBe(true);
        expect(asks("GET", [], `${name}`)).toBe(true);
      }),
    );
  });

  test("is none where it says a safe method that is the case anyway", () => {
    expect(asks("GET", ["X_HTTP_Method_Override", "GET"], "_method=GET")).toBe(false);
    expect(asks("POST", ["X-HTTP-Method-Override", "POST"])).toBe(true);
    expect(asks("GET", ["X-HTTP-Methods", "PUT", "X-Method", "PUT", "Method", "PUT"], "method=PUT&x=_method")).toBe(
      false,
    );
  });
});

describe("another address than the one of the request line", () => {
  const target = "/rest/api/2/myself";
  const elsewhere = (...headers: string[]) => overridesUrl(request({ target, headers }));

  test("is seen in every spelling of the headers that name one, and not where they say the same", () => {
    for (const name of ["X-Original-URL", "x-original-url", "X_Original_URL", "X-Rewrite-Url", "x_rewrite_url"]) {
      expect([name, elsewhere(name, "/secure/admin")]).toEqual([name, true]);
      expect([name, elsewhere(name, target, name, "/secure/admin")]).toEqual([name, true]);
      expect([name, elsewhere(name, target)]).toEqual([name, false]);
    }
    expect(elsewhere("X-Original-URLs", "/secure/admin")).toBe(false);
    for (const name of ["X-Forwarded-Prefix", "x_forwarded_prefix"])
      for (const prefix of ["/secure", "/", target]) expect([name, elsewhere(name, prefix)]).toEqual([name, true]);
    expect(elsewhere("X-Forwarded-Prefixes", "/secure", "X-Forwarded-Host", "jira.corp")).toBe(false);
  });
});
