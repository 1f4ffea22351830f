import { describe, expect, test } from "vitest";
import { application, basic, bearer, decide, gateway, reasonOf, refusalOf } from "#test/verification";

describe("the path", () => {
  test("that two could read differently is refused to everybody, with the rule's name", () => {
    expect(refusalOf({ request: { target: "/rest/../secure" } })).toEqual({
      reason: "path_refused",
      rule: expect.stringMatching(/^dot_segment: /),
    });
    expect(refusalOf({ request: { target: "http://jira.corp/rest", headers: [] } }).rule).toMatch(/^target_form/);
  });

  test.each([
    ["target_form", "*"],
    ["too_long", `/${"a".repeat(5000)}`],
    ["fragment", "/#/../admin"],
    ["raw_bytes", "/ä"],
    ["bad_escape", "/%zz"],
    ["control", "/a?prefix=%00"],
    ["dot_segment", "/rest/..;/admin"],
  ])("by the rule %s is refused with a token, with a password and with nothing", (rule, target) => {
    for (const headers of [bearer(), basic("fred", "x"), ["Cookie", "JSESSIONID=x"]])
      expect(refusalOf({ request: { target, headers } })).toEqual({
        reason: "path_refused",
        rule: expect.stringContaining(`${rule}: `),
      });
  });

  test("is judged before the credential: garbage costs no look-up", () => {
    expect(reasonOf({ request: { target: "/a%00" }, found: null })).toBe("path_refused");
  });
});

describe("the application", () => {
  test("is found by host and path", () => {
    expect(decide({ request: { host: "JIRA.corp:443" } })).toMatchObject({ subject: { applicationKey: "jira" } });
  });

  test("is unknown for another host, another path, or what is no host", () => {
    expect(refusalOf({ request: { host: "other.corp" } })).toEqual({ reason: "application_unknown", rule: "route" });
    expect(refusalOf({ request: { host: "jira.corp, other.corp" } })).toEqual({
      reason: "application_unknown",
      rule: "host",
    });
    const facts = { applications: [application({ routes: [{ host: "jira.corp", context: "/jira" }] })] };
    expect(refusalOf({ facts })).toEqual({ reason: "application_unknown", rule: "route" });
  });

  test("is unknown to a gateway that it does not belong to, even if a shorter route leads to one that does", () => {
    const wiki = application({ key: "wiki", kind: "confluence", routes: [{ host: "jira.corp", context: "/wiki" }] });
    const facts = { applications: [application(), wiki], gateways: [gateway({ applications: ["jira"] })] };
    expect(refusalOf({ facts, request: { target: "/wiki/rest/api/content" } })).toEqual({
      reason: "application_unknown",
      rule: "gateway",
    });
    expect(reasonOf({ facts })).toBe("allowed");
  });

  test("is refused where gateway and upstream could take the path for different ones", () => {
    const wiki = application({ key: "wiki", kind: "confluence", routes: [{ host: "jira.corp", context: "/wiki" }] });
    const facts = { applications: [application(), wiki], gateways: [gateway({ applications: ["jira", "wiki"] })] };
    const target = "/wiki%2frest/api";
    expect(refusalOf({ facts, request: { target, headers: [] } })).toEqual({
      reason: "application_unknown",
      rule: "contradiction",
    });
  });
});
