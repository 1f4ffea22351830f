import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refuseTarget } from "./target";

describe("what reaches Next", () => {
  test.each([
    ["GET", "/"],
    ["HEAD", "/tokens?page=2&status=active"],
    ["GET", "/tokens/01893b5c-7e3e-7cc0-9d4f-1b2c3d4e5f60?_rsc=1abc"],
    ["GET", "/_next/static/chunks/app/%28signed-out%29/sign-in/page-0a1b.js"],
    ["GET", "/_next/static/chunks/app/tokens/%5Bid%5D/page-0a1b.js"],
    ["GET", "/tokens?q=%C3%A4%20b+c&filter[x]={y}|z"],
    ["POST", "/api/v1/tokens"],
    ["PATCH", "/api/v1/groups/ldap:cn=a,dc=b"],
    ["DELETE", "/api/v1/tokens/self"],
    ["PUT", "/api/v1/me/password"],
    ["OPTIONS", "/api/v1/tokens"],
  ])("%s %s", (method, target) => {
    expect(refuseTarget(method, target)).toBeNull();
  });
});

describe("what does not reach Next", () => {
  test.each(["TRACE", "TRACK", "CONNECT", "PROPFIND", "SEARCH", "MKCOL", "LOCK", "get", ""])("method %s", (method) => {
    expect(refuseTarget(method, "/api/v1/tokens")).toMatchObject({ status: 405 });
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s to a page: there are no Server Actions", (method) => {
    for (const path of ["/", "/tokens", "/apiary", "/API/v1/tokens"]) {
      expect(refuseTarget(method, path)).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    }
  });

  test.each([
    "",
    "*",
    "tokens",
    "http://evil.example/",
    "https://localhost:3000/tokens",
    "//evil.example",
    "/\\evil.example",
    "/tokens//x",
    "/a/../admin",
    "/a/./b",
    "/a/..",
    "/%2e%2e/admin",
    "/.%2E/admin",
    "/a%2fb",
    "/a%5Cb",
    "/a%00b",
    "/a;b=c",
    "/%zz",
    "/%",
    "/a b",
    "/a\tb",
    "/ä",
    "/a#b",
    "/a?b#c",
    "/<script>",
    "/tokens?q=<script>",
  ])("target %j", (target) => {
    expect(refuseTarget("GET", target)).toMatchObject({ status: 400 });
  });

  test("a target of more than 8 KB", () => {
    expect(refuseTarget("GET", `/tokens?q=${"a".repeat(9_000)}`)).toMatchObject({ status: 414 });
  });

  test("any path that a URL parser would change", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/[a-z./\\%2efEF5cC;]{0,20}$/), (target) => {
        if (refuseTarget("GET", target) === null) expect(new URL(target, "http://localhost").pathname).toBe(target);
      }),
    );
  });

  test("takes no long time over a long target", () => {
    // A pattern that backtracks would not come back within the test's limit.
    for (const target of [`/${"%2e".repeat(25_000)}`, `/${"/".repeat(80_000)}`]) {
      expect(refuseTarget("GET", target)).not.toBeNull();
    }
  });
});
