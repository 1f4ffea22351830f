import { describe, expect, test } from "vitest";
import { limits, policy } from "#test/rules";
import { refusalOf, type SomeFacts } from "#test/verification";
import { reasonWords } from "./reasons";
import { remedyByRule } from "./remedy-by-rule";

const remedyOf = (situation: Parameters<typeof refusalOf>[0]) => {
  const { reason, rule } = refusalOf(situation);
  return { rule, remedy: reasonWords(reason, rule).remedy };
};
const tier = (some: Parameters<typeof policy>[0]): SomeFacts => ({ policies: [policy(some)] });

describe("a remedy says what helps against whose rule it was:", () => {
  const POST = { method: "POST", target: "/rest/api/2/issue" };

  test("another token only where none would be refused alike", () => {
    const reads = { access: "read" } as const;
    const under = tier({ own: limits(reads) });
    expect(remedyOf({ request: POST, token: reads })).toEqual({
      ...{ rule: "the token itself", remedy: "Use a token that may write." },
    });
    expect(remedyOf({ request: POST, facts: under, token: { access: "write" } })).toEqual({
      rule: "tier Everyone",
      remedy: expect.stringMatching(/^An administrator can let that rule allow writing; a new token .* alike\.$/),
    });
    expect(remedyOf({ request: POST, facts: under, token: reads })).toEqual({
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

  test("a tier that is called like the token is a tier", () => {
    expect(remedyByRule("write_refused", "tier the token itself")).toMatch(/^An administrator/);
    expect(remedyByRule("write_refused", "tier the token itself and more")).toMatch(/would be refused alike\.$/);
  });

  test("nothing opens what is never open, and no path says so of itself", () => {
    const OPEN = /have an administrator list the path/;
    expect(remedyOf({ request: { target: "/rest/pat/latest" } }).remedy).toMatch(/^Nothing opens this path/);
    expect(remedyOf({ request: { target: "/browse/never:%20x" } }).remedy).toMatch(OPEN);
    expect(remedyByRule("path_blocked", "read as /rest/pat: never: mints another credential")).toMatch(
      /^Nothing opens/,
    );
    expect(remedyByRule("path_blocked", "read as /a: never: x: not_listed")).toMatch(/read in one way only/);
    expect(remedyByRule("path_blocked", "read as /never: /x: not_listed")).toMatch(/read in one way only/);
  });

  test("without a rule, or for another reason, the catalogue's holds", () => {
    expect(remedyByRule("path_blocked", null)).toBeNull();
    expect(remedyByRule("token_expired", "the token itself")).toBeNull();
    expect(reasonWords("token_expired", "x").remedy).toBe("Create a new one.");
    expect(reasonWords("constructor", "x").remedy).toBe("Ask your administrator.");
  });
});
