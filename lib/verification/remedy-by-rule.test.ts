import { describe, expect, test } from "vitest";
import { limits, policy } from "#test/rules";
import { application, decide, refusalOf, type SomeFacts } from "#test/verification";
import { reasonWords } from "./reasons";
import { remedyByRule } from "./remedy-by-rule";
import { kindsOf } from "./rule";

type Situation = Parameters<typeof refusalOf>[0];

const remedyOf = (situation: Situation) => {
  const decision = decide(situation);
  const kinds = kindsOf(decision.allowed ? null : decision.rule);
  return { rule: refusalOf(situation).rule, remedy: reasonWords(decision.reason, kinds).remedy };
};
const tier = (some: Parameters<typeof policy>[0]): SomeFacts => ({ policies: [policy(some)] });

describe("a remedy says what helps against whose rule it was:", () => {
  const POST = { method: "POST", target: "/rest/api/2/issue" };
  const READS = { access: "read" } as const;

  test("another token only where none would be refused alike", () => {
    const under = tier({ own: limits(READS) });
    expect(remedyOf({ request: POST, token: READS })).toEqual({
      ...{ rule: "the token itself", remedy: "Use a token that may write." },
    });
    expect(remedyOf({ request: POST, facts: under, token: { access: "write" } })).toEqual({
      rule: "tier Everyone",
      remedy: expect.stringMatching(/^An administrator can let that rule allow writing; a new token .* alike\.$/),
    });
    expect(remedyOf({ request: POST, facts: under, token: READS })).toEqual({
      rule: "the token itself and tier Everyone",
      remedy: expect.stringMatching(/^An administrator .* above the token .*; then use a token that may write\.$/),
    });
  });

  test("the ceiling of the installation is named as what it is", () => {
    const ceilings = { persons: { applications: ["wiki"] }, serviceAccounts: null };
    expect(remedyOf({ facts: { settings: { ceilings } } })).toEqual({
      rule: "the installation's ceiling",
      remedy: expect.stringMatching(/^An administrator can let that rule include this application/),
    });
  });

  test.each(["the token itself", "x; y", "A and tier B"])("a tier that is called %j is a tier", (name) => {
    const facts = tier({ name, own: limits(READS) });
    expect(remedyOf({ request: POST, facts, token: { access: "write" } })).toEqual({
      ...{ rule: `tier ${name}`, remedy: expect.stringMatching(/^An administrator .* would be refused alike\.$/) },
    });
    expect(remedyOf({ request: POST, facts, token: READS }).remedy).toMatch(/then use a token that may write\.$/);
  });

  test("what asks for another method is named beside whose rule it was, and is none itself", () => {
    const request = { target: "/rest/api/2/search?_method=PUT" };
    expect(remedyOf({ request, token: READS })).toEqual({
      rule: "the token itself; parameter _method, which asks for another method",
      remedy: "Use a token that may write.",
    });
  });

  test("nothing opens what is never open, and no path says so of itself", () => {
    const OPEN = /have an administrator list the path/;
    expect(remedyOf({ request: { target: "/rest/pat/latest" } }).remedy).toMatch(/^Nothing opens this path/);
    expect(remedyOf({ request: { target: "/browse/never:%20x" } }).remedy).toMatch(OPEN);
    const facts = { applications: [application({ pathFilter: { enc_slash: "off" } })] };
    expect(remedyOf({ facts, request: { target: "/rest/pat%2Flatest" } })).toEqual({
      rule: expect.stringMatching(/^read as \/rest\/pat\/latest: never: /),
      remedy: expect.stringMatching(/^Nothing opens/),
    });
    for (const kind of ["not_listed", "unless_listed", "broken"] as const)
      expect(remedyByRule("path_blocked", ["reading", kind])).toMatch(/read in one way only/);
  });

  test("without a rule, or for another reason, the catalogue's holds", () => {
    expect(remedyByRule("path_blocked", [])).toBeNull();
    expect(remedyByRule("token_expired", ["token"])).toBeNull();
    expect(remedyByRule("write_refused", ["handed_on"])).toBeNull();
    expect(reasonWords("token_expired", ["token"]).remedy).toBe("Create a new one.");
    expect(reasonWords("constructor", ["token"]).remedy).toBe("Ask your administrator.");
  });
});
