import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitsFor } from "#lib/policies/limits-for";
import { tierOf } from "#lib/policies/tier";
import { anyCeiling, anyHolder, anyRules, anyToken } from "#test/arbitraries";
import { passes, passing, REQUESTS, simply } from "#test/requests";
import { limits, policy } from "#test/rules";

const runs = { numRuns: 400 };

describe("for random policies, delegations, ceilings and tokens", () => {
  it("what a token may is what the rules say, read one by one", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, (some, owner, rules) => {
        for (const request of REQUESTS)
          expect(passes(some, owner, rules, request)).toBe(simply(some, owner, rules, request));
      }),
      runs,
    );
  });

  it("a policy of lower priority changes nothing, whatever it grants", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, (some, owner, rules) => {
        fc.pre(tierOf(owner, rules.policies) !== null);
        const generous = policy({
          priority: 1,
          members: { everyone: true, groupIds: ["g-0", "g-1", "g-2"], serviceAccounts: true },
          own: limits(),
        });
        const more = { ...rules, policies: [generous, ...rules.policies] };
        expect(tierOf(owner, more.policies)).toEqual(tierOf(owner, rules.policies));
        expect(passing(some, owner, more)).toEqual(passing(some, owner, rules));
        expect(limitsFor("operator", owner, "own", more)).toEqual(limitsFor("operator", owner, "own", rules));
      }),
      runs,
    );
  });

  it("the order in which rules are kept changes nothing", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, (some, owner, rules) => {
        const reversed = {
          ...rules,
          policies: [...rules.policies].reverse(),
          delegations: new Map([...rules.delegations].reverse()),
        };
        expect(passing(some, owner, reversed)).toEqual(passing(some, owner, rules));
      }),
      runs,
    );
  });

  it("a ceiling only takes away", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, anyCeiling, (some, owner, rules, ceiling) => {
        const bare = { ...rules, settings: { ceilings: { persons: null, serviceAccounts: null } } };
        const under = { ...rules, settings: { ceilings: { persons: ceiling, serviceAccounts: ceiling } } };
        const without = passing(some, owner, bare);
        for (const request of passing(some, owner, under)) expect(without).toContainEqual(request);
      }),
      runs,
    );
  });

  it("a waiver only adds, until its end, and never without use", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, (some, owner, rules) => {
        const plain = passing({ ...some, waiver: null }, owner, rules);
        const waived = passing(some, owner, rules);
        for (const request of plain) expect(waived).toContainEqual(request);
        if (some.waiver !== null) expect(passing(some, owner, rules, some.waiver.until)).toEqual(plain);
        if (tierOf(owner, rules.policies)?.policy.use !== true) expect(waived).toEqual([]);
      }),
      runs,
    );
  });

  it("deleting a delegation takes away all that it gave", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, (some, owner, rules) => {
        fc.pre(some.grant.by === "delegation");
        expect(passing({ ...some, waiver: null }, owner, { ...rules, delegations: new Map() })).toEqual([]);
      }),
    );
  });
});
