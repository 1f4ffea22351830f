import { describe, expect, test } from "vitest";
import type { Application } from "#lib/applications/application";
import { restrictedTo } from "#test/restricted";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, basic, bearer, decide, gateway, installation, question, request } from "#test/verification";
import { DESTINATION_FAULTS } from "../destination";
import { explain } from "../explain";

const DAV = { id: "1", key: "dav", kind: "generic", routes: [{ host: "dav.corp", context: "/dav" }] } as const;
const WIKI = { id: "2", key: "wiki", kind: "generic", routes: [{ host: "dav.corp", context: "/wiki" }] } as const;
const factsOf = (dav: Partial<Application> = {}) => ({
  applications: [application({ ...DAV, ...dav }), application(WIKI)],
  gateways: [gateway({ applications: ["dav", "wiki"] })],
});

type Asked = {
  readonly method?: string;
  readonly target?: string;
  readonly to?: string | readonly string[];
  readonly rules?: readonly string[];
  readonly dav?: Partial<Application>;
  readonly headers?: readonly string[];
};

/** How a request ends that says where to, and what Explain says of it; they must agree. */
function told({
  method = "MOVE",
  target = "/dav/maria/work/a",
  to = [],
  rules = [],
  dav = {},
  headers = bearer(),
}: Asked) {
  const lines = [to].flat().flatMap((value) => ["Destination", value]);
  const asked = { method, target, host: "dav.corp", headers: [...headers, ...lines] };
  const token = { access: "write", ...restrictedTo({ pathRules: [...rules] }) } as const;
  const facts = factsOf(dav);
  const decision = decide({ request: asked, token, facts });
  const told = explain(installation(facts), { ...question(request(asked)), contact: null }, tokenFacts(token), NOON);
  const failed = told.steps.find(({ outcome }) => outcome === "failed");
  expect(told.reason).toBe(decision.reason);
  return { reason: decision.reason, rule: failed?.rule ?? null, remedy: failed?.remedy ?? null };
}
const reasonOf = (asked: Asked) => told(asked).reason;

const WORK = { rules: ["* /maria/work/**"] } as const;

describe("a token with path rules", () => {
  test.each(["/dav/maria/work/b", "https://dav.corp/dav/maria/work/b", "/dav/maria/%77ork//b"])("moves to %s", (to) =>
    expect(reasonOf({ ...WORK, to })).toBe("allowed"),
  );

  test.each([
    ...["/dav/maria/private/a", "https://DAV.corp:443/dav/maria/private/a", "/dav/maria", "/dav/maria/work%2e/b"],
    ...["/dav/MARIA/work/b", "/dav/maria/workb", "/dav//maria//private"],
  ])("does not move to %s, by any method that says so", (to) => {
    for (const method of ["MOVE", "COPY", "PUT", "GET"])
      expect(reasonOf({ ...WORK, to, method })).toBe("path_rule_refused");
  });

  test("is told that it was the Destination, and what to do", () => {
    expect(told({ ...WORK, to: "/dav/maria/private/a" })).toEqual({
      reason: "path_rule_refused",
      rule: "Destination: * /maria/work/**",
      remedy: "Send a Destination that the token's path rules allow too, or use one whose path rules allow this one.",
    });
    expect(told({ ...WORK, target: "/dav/x", to: "/dav/maria/work/b" }).rule).toBe("* /maria/work/**");
  });

  test("moves to where a rule takes its method, in every reading and from the context on", () => {
    const rules = ["MOVE /maria/**", "PUT /fred/**"];
    expect(reasonOf({ rules, to: "/dav/maria/b" })).toBe("allowed");
    expect(reasonOf({ rules, to: "/dav/fred/b" })).toBe("path_rule_refused");
    const dav = { pathFilter: { enc_slash: "off", semicolon: "off" } } as const;
    for (const pattern of ["/maria/*", "/maria/*/*"])
      expect(reasonOf({ rules: ["* /maria/work/a", `* ${pattern}`], to: "/dav/maria/a%2Fb", dav })).toBe(
        "path_rule_refused",
      );
    expect(reasonOf({ rules: ["* /maria/work/**"], to: "/dav/maria/work/a%2Fb", dav })).toBe("allowed");
  });

  test("that asks for another method besides needs a rule for any", () => {
    const [target, to] = ["/dav/maria/work/a?_method=MOVE", "/dav/maria/work/b"];
    const both = (rule: string) => reasonOf({ method: "POST", target, to, rules: ["* /maria/work/a", rule] });
    expect([both("POST /maria/work/b"), both("* /maria/work/b")]).toEqual(["path_rule_refused", "allowed"]);
  });
});

describe("a token without path rules", () => {
  test("moves within its application, and says where to", () => {
    expect(reasonOf({ to: "/dav/anywhere" })).toBe("allowed");
    expect(reasonOf({ method: "PROPFIND" })).toBe("allowed");
    for (const method of ["MOVE", "COPY"]) expect(told({ method }).rule).toMatch(/^Destination: There is none/);
  });

  test.each([
    ["/wiki/a", "It belongs to no application, or to another one than the request."],
    ["/dav%2fb", "It belongs to no application, or to another one than the request."],
    ["https://wiki.corp/dav/b", "It names another host than the request."],
    ["https://a@dav.corp/dav/b", "It names another host than the request."],
    ["", DESTINATION_FAULTS.form],
    ["/dav/a:/wiki/b", DESTINATION_FAULTS.form],
    ["/dav/b#c", "A `#` in the target: one reads a fragment, another a path."],
    ["/dav/../wiki", "A segment that is `.` or `..`, however it is written."],
    [["/dav/b", "/dav/b"], DESTINATION_FAULTS.several],
  ])("does not move to %s", (to, why) => {
    expect(told({ to })).toEqual({
      reason: "path_blocked",
      rule: `Destination: ${why}`,
      remedy: expect.stringMatching(/^Send one Destination: /),
    });
  });

  test.each([
    ["/dav/rest/auth/1/session", "never: opens a session"],
    ["/dav/%72est/auth/1/session", "never: opens a session"],
    ["/dav/WEB-INF/web.xml", /^web_inf: /],
    ["/dav/a;b", /^semicolon: /],
    ["/dav/a%2Fb", /^enc_slash: /],
  ])("does not move to %s, which the application keeps from tokens", (to, why) => {
    const { reason, rule } = told({ to });
    expect([reason, rule]).toEqual(["path_blocked", expect.stringMatching(/^Destination: /)]);
    expect(rule?.replace("Destination: ", "")).toMatch(why);
  });

  test("does not move to what somebody could read as a path that tokens do not reach", () => {
    const dav = { pathFilter: { enc_slash: "off" } } as const;
    expect(told({ to: "/dav/rest%2Fauth/1/session", dav }).rule).toMatch(/^Destination: read as .*never/);
    expect(told({ to: "/dav/x%2Fb", dav }).reason).toBe("allowed");
  });

  test("is told what would let it move, which then does", () => {
    const { remedy } = told({ to: "/dav/a;b" });
    expect(remedy).toMatch(/path filter's rule semicolon can be set to observe or off\.$/);
    expect(reasonOf({ to: "/dav/a;b", dav: { pathFilter: { semicolon: "observe" } } })).toBe("allowed");
    const jira = { kind: "jira", paths: ["/maria/**"] } as const;
    const feed = { to: "https://dav.corp/dav/sr/jira.issueviews:searchrequest-xml/1/x.xml", dav: jira };
    expect(told(feed).remedy).toMatch(/read pack feeds would let it pass\.$/);
    expect(reasonOf({ ...feed, dav: { ...jira, readPacks: ["feeds"] } })).toBe("allowed");
  });
});

test("what is not ours says where to as it likes, and is not observed for it", () => {
  for (const headers of [[], basic("fred", "hunter2"), bearer("NjQ2MDAy")])
    for (const to of [[], "//evil.example", "/wiki/a;b", ["/a", "/b"]]) {
      const lines = [to].flat().flatMap((value) => ["Destination", value]);
      const asked = { method: "MOVE", target: "/dav/a", host: "dav.corp", headers: [...headers, ...lines] };
      expect(decide({ request: asked, facts: factsOf() })).toMatchObject({
        ...{ allowed: true, reason: "let_through", subject: { observedRules: [] } },
      });
    }
});

test("where a rule of the filter only observes a Destination, that is noted", () => {
  const asked = {
    method: "MOVE",
    target: "/dav/a",
    host: "dav.corp",
    headers: [...bearer(), "destination", "/dav/a;b"],
  };
  const facts = factsOf({ pathFilter: { semicolon: "observe" } });
  expect(decide({ request: asked, facts, token: { access: "write" } })).toMatchObject({
    ...{ allowed: true, subject: { observedRules: ["semicolon"], access: "write" } },
  });
});
