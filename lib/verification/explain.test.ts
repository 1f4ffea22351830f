import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/tokens/secret";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, basic, bearer, decide, installation, question, request, SECRET } from "#test/verification";
import { digestAskedFor, explain } from "./explain";
import { REASONS } from "./reasons";

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
const asked = (some: Parameters<typeof request>[0] = {}) => ({ ...question(request(some)), contact: null });

describe("explain", () => {
  test("tells every step of an allow, what did not apply as skipped", () => {
    const told = explain(installation(), asked(), tokenFacts(), NOON);
    expect(told).toMatchObject({ allowed: true, status: 200, reason: "allowed" });
    expect(told.steps.map(({ step }) => step)).toEqual(STEPS);
    const skipped = told.steps.filter(({ outcome }) => outcome === "skipped").map(({ step }) => step);
    expect(skipped).toEqual([5, 6, 12, 15, 17, 18, 19]);
    expect(told.steps.every(({ detail }) => detail.length > 0)).toBe(true);
  });

  test("names the step that fails, whose rule it is and how to mend it; what is behind it is not reached", () => {
    const told = explain(installation(), asked({ method: "POST", target: "/rest/api/2/issue" }), tokenFacts(), NOON);
    expect(told).toMatchObject({ allowed: false, status: 403, reason: "write_refused" });
    expect(told.steps.find(({ outcome }) => outcome === "failed")).toEqual({
      step: 16,
      name: "read or write",
      outcome: "failed",
      detail: REASONS.write_refused.meaning,
      rule: "the token itself",
      remedy: "Use a token that may write.",
    });
    expect(told.steps.slice(-3).map(({ outcome, detail }) => [outcome, detail])).toEqual(
      Array(3).fill(["skipped", "Not reached."]),
    );
  });

  test("ends after step 8 for what is not ours", () => {
    const told = explain(installation(), asked({ headers: basic("fred", "x") }), undefined, NOON);
    expect(told).toMatchObject({ allowed: true, reason: "let_through" });
    expect(told.steps.filter(({ outcome }) => outcome === "passed").map(({ step }) => step)).toEqual([1, 2, 3, 4, 7]);
  });

  test("says why a blocked credential passes, and what of the application would let one that does not", () => {
    const rules = { ...application().rules, none: "block" as const, password: "block" as const };
    const having = (some: Parameters<typeof application>[0]) =>
      installation({ applications: [application({ rules, ...some })] });
    const step = (some: Parameters<typeof application>[0], ask: Parameters<typeof asked>[0], number: number) =>
      explain(having(some), asked(ask), tokenFacts(), NOON).steps.find((each) => each.step === number);
    const fred = { exceptions: { password: { users: ["fred"], paths: [] } } };
    expect(step(fred, { headers: basic("fred", "x") }, 7)).toMatchObject({
      ...{ outcome: "passed", rule: "block, except for fred", detail: expect.stringContaining("an exception lets") },
    });
    const paths = ["/rest/api/*/field", "/rest/api/2/search"];
    const both = { exceptions: { password: { users: ["ann", "Fred"], paths } } };
    expect(step(both, { target: "/rest/api/2/search", headers: basic("fred", "x") }, 7)?.rule).toBe(
      "block, except for Fred on /rest/api/2/search",
    );
    const headers = ["Origin", "https://a.corp", "Access-Control-Request-Method", "PUT"];
    const preflight = { method: "OPTIONS", headers };
    expect(step({ preflight: true }, preflight, 7)?.detail).toContain("CORS preflight");
    expect(step({}, preflight, 7)?.remedy).toMatch(/It is a CORS preflight: the application can let those through\.$/);
    expect(step({}, { headers: [] }, 7)?.remedy).not.toContain("preflight");
    expect(step({}, { target: "/rest/a%2Fb" }, 8)?.remedy).toContain(
      "path filter's rule enc_slash can be set to observe or off",
    );
    expect(step({ pathFilter: { enc_slash: "observe" } }, { target: "/rest/a%2Fb" }, 8)).toMatchObject({
      ...{ outcome: "passed", rule: "enc_slash", detail: expect.stringContaining("that only observes") },
    });
    const two = { pathFilter: { enc_slash: "observe", double_encoding: "observe" } } as const;
    expect(step(two, { target: "/rest/a%2Fb%2541" }, 8)).toMatchObject({
      ...{
        outcome: "passed",
        rule: "enc_slash and double_encoding",
        detail: expect.stringMatching(/only observe recog/),
      },
    });
    expect(step({ rules: application().rules }, { target: "/a%2Fb;c", headers: [] }, 8)).toMatchObject({
      ...{ outcome: "passed", rule: "semicolon and enc_slash", detail: expect.stringMatching(/they only observe\.$/) },
    });
  });

  test("needs no secret of the gateway, but the gateway", () => {
    expect(explain(installation(), asked(), tokenFacts(), NOON).allowed).toBe(true);
    expect(explain(installation(), { ...asked(), gatewayKey: "gw2" }, tokenFacts(), NOON).reason).toBe(
      "gateway_unauthorized",
    );
  });

  test("in quarantine reaches nothing", () => {
    const told = explain(installation({ settings: { quarantined: true } }), asked(), tokenFacts(), NOON);
    expect(told).toMatchObject({ allowed: false, status: 503, reason: "quarantined" });
    expect(told.steps[0]).toMatchObject({ step: 0, outcome: "failed" });
    expect(told.steps.slice(1).every(({ outcome }) => outcome === "skipped")).toBe(true);
  });

  test("shows no secret", () => {
    expect(
      JSON.stringify(explain(installation(), asked({ headers: basic("maria", SECRET) }), tokenFacts(), NOON)),
    ).not.toContain(SECRET);
  });

  test("says what to look up first", () => {
    expect(digestAskedFor(installation(), asked(), NOON)).toBe(digestOf(SECRET));
    for (const headers of [[], bearer("lk_typo"), bearer("foreign")])
      expect(digestAskedFor(installation(), asked({ headers }), NOON)).toBeNull();
  });
});

test("explain and the verifier never disagree", () => {
  const situation = fc.record({
    request: fc.record({
      method: fc.constantFrom("GET", "POST", "TRACE"),
      target: fc.constantFrom("/rest/api/2/search", "/rest/api/2/issue", "/secure/x", "/rest/a;b", "/a/../b"),
      host: fc.constantFrom("jira.corp", "other.corp"),
      headers: fc.constantFrom(bearer(), [], basic("fred", SECRET), basic("fred", "x"), bearer("lk_x"), [
        ...bearer(),
        "Upgrade",
        "websocket",
      ]),
    }),
    facts: fc.record({
      applications: fc.constantFrom(
        [application()],
        [application({ identity: "passthrough" })],
        [application({ rules: { ...application().rules, none: "block" } })],
      ),
    }),
    found: fc.constantFrom(
      null,
      tokenFacts(),
      tokenFacts({ access: "write" }),
      tokenFacts({ expiresAt: NOON }),
      tokenFacts({ restrictions: ["geo"] }),
      tokenFacts({ ipRanges: ["198.51.100.1"] }),
    ),
  });
  fc.assert(
    fc.property(situation, ({ request: some, facts, found }) => {
      const told = explain(installation(facts), question(request(some)), found, NOON);
      const { allowed, reason } = decide({ request: some, facts, found });
      expect([told.allowed, told.reason]).toEqual([allowed, reason]);
      const failed = told.steps.filter(({ outcome }) => outcome === "failed").map(({ step }) => step);
      expect(failed).toEqual(allowed ? [] : [REASONS[reason].step]);
    }),
    { numRuns: 500 },
  );
});
