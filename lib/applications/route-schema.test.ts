import { describe, expect, it } from "vitest";
import { parseTarget } from "#lib/verification/path";
import { layRoutes, routeTo } from "#lib/verification/route";
import { application } from "#test/verification";
import { routes } from "./route-schema";

const one = (host: string, context?: string) => {
  const parsed = routes.safeParse([{ host, ...(context === undefined ? {} : { context }) }]);
  return parsed.success ? parsed.data[0] : parsed.error.issues.map((issue) => issue.path.join("."));
};

describe("a route", () => {
  it.each([
    ["Jira.Example.COM", "jira.example.com"],
    ["jira.example.com.", "jira.example.com"],
    ["jira.example.com:8443", "jira.example.com"],
    [" jira ", "jira"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example:443", "xn--bcher-kva.example"],
    ["192.0.2.7", "192.0.2.7"],
    ["[2001:DB8:0:0::1]:8080", "[2001:db8::1]"],
  ])("has one spelling of its host: %s", (written, kept) => {
    expect(one(written)).toEqual({ host: kept, context: "" });
  });

  it.each([
    "",
    "https://jira.example.com",
    "jira.example.com/x",
    "a..b",
    "user@host",
    "a b",
    "*",
    "[::zz]",
    "x".repeat(300),
  ])("is no host: %s", (written) => {
    expect(one(written)).toEqual(["0.host"]);
  });

  it.each([
    ["/", ""],
    ["", ""],
    ["/jira", "/jira"],
    ["/jira/", "/jira"],
    ["//a//b/", "/a/b"],
  ])("has one spelling of its context path: %s", (written, kept) => {
    expect(one("h", written)).toEqual({ host: "h", context: kept });
  });

  it.each(["jira", "/a/../b", "/.", "/a b", "/a%2fb", "/a;b", "/a?b", "/a\\b", `/${"x".repeat(300)}`])(
    "has no such context path: %s",
    (written) => {
      expect(one("h", written)).toEqual(["0.context"]);
    },
  );

  it("is there once however often it is written, and at least once", () => {
    const parsed = routes.parse([{ host: "A", context: "/x/" }, { host: "a", context: "/x" }, { host: "b" }]);
    expect(parsed).toEqual([
      { host: "a", context: "/x" },
      { host: "b", context: "" },
    ]);
    expect(routes.safeParse([]).success).toBe(false);
    expect(routes.safeParse(Array.from({ length: 51 }, (_, i) => ({ host: `h${i}` }))).success).toBe(false);
    expect(routes.safeParse([{ host: "h", port: 1 }]).success).toBe(false);
  });

  it("is found by the verifier under the spelling that is kept", () => {
    const jira = application({ routes: routes.parse([{ host: "Tools.Corp:443", context: "/jira/" }]) });
    const target = parseTarget("/jira/rest/api");
    const table = layRoutes([jira], (each) => each.key);
    expect(target.ok && routeTo(table, "tools.corp", target)).toEqual({ to: "jira", depth: 1 });
  });
});
