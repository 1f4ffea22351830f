import { describe, expect, test } from "vitest";
import type { GatewayAdapter } from "#lib/gateways/gateway";
import { restrictedTo } from "#test/restricted";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, bearer, gateway, installation, question, reasonOf, refusalOf, request } from "#test/verification";
import { explain } from "../explain";

test("a restriction that this version has never heard of refuses the token", () => {
  for (const field of ["geo", "toString", "__proto__"])
    expect(refusalOf({ token: { restrictions: [field] } })).toEqual({ reason: "restriction_unknown", rule: field });
  expect(refusalOf({ token: { restrictions: ["rate_limit", "geo"] } }).reason).toBe("restriction_unknown");
});

test("what is judged before is told first", () => {
  const token = restrictedTo({ pathRules: ["GET /x"] });
  expect(reasonOf({ token, request: { method: "DELETE" } })).toBe("write_refused");
});

describe("a header condition", () => {
  const token = restrictedTo({
    headerConditions: [
      { name: "x-team", value: "Blue" },
      { name: "x-job", value: "nightly" },
    ],
  });
  const sending = (...lines: string[]) => refusalOf({ token, request: { headers: [...bearer(), ...lines] } });

  test("lets through what carries every header, in any case of its name", () => {
    expect(sending("X-Team", "Blue", "x-job", "nightly").reason).toBe("allowed");
  });

  test.each([
    ["none", [], "x-team"],
    ["one of two", ["X-Team", "Blue"], "x-job"],
    ["another value", ["X-Team", "blue", "X-Job", "nightly"], "x-team"],
    ["more than the value", ["X-Team", "Blue, Red", "X-Job", "nightly"], "x-team"],
    ["it twice", ["X-Team", "Blue", "X-Team", "Blue", "X-Job", "nightly"], "x-team"],
    ["it twice with another", ["X-Team", "Blue", "X-Team", "Red", "X-Job", "nightly"], "x-team"],
    ["an empty one", ["X-Team", "", "X-Job", "nightly"], "x-team"],
  ])("refuses what carries %s", (_, lines, rule) =>
    expect(sending(...lines)).toEqual({ reason: "header_refused", rule }),
  );
});

describe("Explain says of a header condition", () => {
  const step = (name: string, headers: readonly string[], adapter: GatewayAdapter = "nginx") => {
    const found = tokenFacts(restrictedTo({ headerConditions: [{ name, value: "Blue" }] }));
    const asked = { ...question(request({ headers: [...bearer(), ...headers] })), adapter, contact: null };
    const { steps } = explain(installation({ gateways: [gateway({ adapter })] }), asked, found, NOON);
    return steps.find(({ name: said }) => said === "header conditions");
  };
  const anew = /where their configuration names it: .* that of the gateway's page in place anew\.$/;
  const named =
    / Behind Envoy by HTTP, Istio, Traefik and APISIX a header arrives only where their configuration names it/;

  test.each(["forward", "envoy"] as const)("behind %s that sending the header may not be enough", (adapter) => {
    expect(step("x-team", [], adapter)).toMatchObject({ outcome: "failed", remedy: expect.stringMatching(anew) });
    expect(step("x-team", ["X-Team", "Blue"], adapter)?.detail).toMatch(named);
    expect(step("x_team", [], adapter)?.remedy).not.toMatch(anew);
  });

  test.each(["nginx", "api"] as const)("behind %s, where every header arrives, nothing of that", (adapter) => {
    expect(step("x-team", [], adapter)?.remedy).toBe("Send the header, or use a token without the condition.");
    expect(step("x-team", ["X-Team", "Blue"], adapter)?.detail).toBe(
      "The request carries every header that the token asks for.",
    );
  });

  test("of before on what no gateway passes that it never holds", () => {
    const never = "No gateway passes x_team on: give the token a condition on a header like X-Team.";
    expect(step("x_team", [])).toMatchObject({ outcome: "failed", remedy: expect.stringContaining(never) });
    expect(step("x_team", ["X_Team", "Blue"])?.detail).toContain("Behind a gateway none does: none passes x_team on.");
    expect(step("x-team", [])?.remedy).not.toContain("No gateway");
  });

  test("nothing of configurations where every file names the header", () => {
    for (const adapter of ["envoy", "forward"] as const) {
      expect(JSON.stringify(step("user-agent", ["User-Agent", "Blue"], adapter))).not.toMatch(/configuration/);
      expect(JSON.stringify(step("user-agent", ["User-Agent", "Green"], adapter))).not.toMatch(/configuration/);
    }
  });
});

describe("path rules", () => {
  const may = (pathRules: string[], method: string, target: string, headers: readonly string[] = []) =>
    reasonOf({
      token: { access: "write", ...restrictedTo({ pathRules }) },
      request: { method, target, headers: [...bearer(), ...headers] },
    });

  test.each([
    [["GET /rest/api/2/issue/**"], "GET", "/rest/api/2/issue/A-1"],
    [["GET /rest/api/2/issue/**"], "HEAD", "/rest/api/2/issue/A-1"],
    [["GET /rest/api/2/issue/**"], "GET", "/rest//api/2/%69ssue/A-1?fields=a"],
    [["GET /x", "POST /rest/api/2/issue"], "POST", "/rest/api/2/issue"],
    [["* /rest/api/2/issue/*"], "PUT", "/rest/api/2/issue/A-1"],
  ])("%j let %s %s through", (rules, method, target) => expect(may(rules, method, target)).toBe("allowed"));

  test.each([
    [["GET /rest/api/2/issue/*"], "GET", "/rest/api/2/issue/A-1/comment"],
    [["GET /rest/api/2/issue/**"], "PUT", "/rest/api/2/issue/A-1"],
    [["GET /rest/api/2/issue/**"], "OPTIONS", "/rest/api/2/issue/A-1"],
    [["POST /rest/api/2/issue"], "HEAD", "/rest/api/2/issue"],
    [["GET /rest/api/2/issue/**"], "GET", "/rest/api/2/Issue/A-1"],
    [["GET /rest/api/2/issue/**"], "GET", "/rest/api/2/issues"],
  ])("%j refuse %s %s", (rules, method, target) => expect(may(rules, method, target)).toBe("path_rule_refused"));

  test("for one method refuse a request that asks for another than its own", () => {
    for (const header of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
      expect(may(["POST /rest/**"], "POST", "/rest/x", [header, "DELETE"])).toBe("path_rule_refused");
      expect(may(["* /rest/**"], "POST", "/rest/x", [header, "DELETE"])).toBe("allowed");
    }
    expect(may(["POST /rest/**"], "POST", "/rest/x?_method=DELETE")).toBe("path_rule_refused");
  });

  test("begin behind the application's context", () => {
    const facts = { applications: [application({ routes: [{ host: "jira.corp", context: "/jira" }] })] };
    const token = restrictedTo({ pathRules: ["GET /rest/**"] });
    expect(reasonOf({ facts, token, request: { target: "/jira/rest/api/2/myself" } })).toBe("allowed");
    const whole = restrictedTo({ pathRules: ["GET /jira/rest/**"] });
    expect(reasonOf({ facts, token: whole, request: { target: "/jira/rest/api/2/myself" } })).toBe("path_rule_refused");
  });
});

test("a time window is judged by the clock of each request, and tells who runs it which one is closed", () => {
  const sunday = { zone: "UTC", days: ["sun" as const], from: "12:00", to: "13:00" };
  const token = restrictedTo({ timeWindow: sunday });
  expect(reasonOf({ token, now: NOON })).toBe("allowed");
  expect(reasonOf({ token, now: NOON + 3_599_999 })).toBe("allowed");
  expect(refusalOf({ token, now: NOON + 3_600_000 })).toEqual({
    reason: "time_refused",
    rule: "sun 12:00–13:00 UTC",
  });
  expect(refusalOf({ token: restrictedTo({ timeWindow: { ...sunday, zone: "Europe/Atlantis" } }) }).reason).toBe(
    "undecided",
  );
});
