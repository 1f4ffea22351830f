import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rules } from "#lib/policies/rules";
import { breachesOf } from "#lib/tokens/making/breach";
import { anyCeiling, anyHolder, anyKept, anyLimits, anyRules, anyToken, KEYS } from "#test/arbitraries";
import { passing } from "#test/requests";
import { delegation, holder, limits, policy, rules, service, token } from "#test/rules";
import { effectOf, type Judged } from "./effect";

const judged = (some: Partial<Judged> = {}): Judged => ({ ...token(), days: 30, rateLimit: null, ...some });
const own = (some: Parameters<typeof limits>[0], more: Parameters<typeof policy>[0] = {}) =>
  rules({ policies: [policy({ own: limits(some), ...more })] });
const effect = (some: Partial<Judged>, before: Rules, after: Rules, owner = holder()) =>
  effectOf(judged(some), owner, [before, after], KEYS);

describe("what a change of rules does to a token", () => {
  it("is nothing where all passes that passed, also when the rules become wider", () => {
    expect(effect({}, own({}), own({}))).toMatchObject({ refusedBy: [], tooLong: false });
    expect(effect({ access: "read" }, own({ access: "read" }), own({}))).toMatchObject({ refusedBy: [] });
    expect(effect({ access: "read" }, own({}), own({ access: "read" }))).toMatchObject({ refusedBy: [] });
  });

  it("names the kind of rule that refuses", () => {
    expect(effect({}, own({}), own({}, { use: false })).refusedBy).toEqual(["use"]);
    expect(effect({}, own({}), own({ access: "read" })).refusedBy).toEqual(["access"]);
    expect(effect({}, own({}), own({ applications: ["wiki"] })).refusedBy).toEqual(["applications"]);
    expect(effect({}, own({}), own({ ranges: ["10.0.0.0/8"] })).refusedBy).toEqual(["ranges"]);
    expect(effect({}, own({}), rules({ policies: [] })).refusedBy).toEqual(["use"]);
  });

  it("counts a token without own limits left as losing its applications", () => {
    expect(effect({}, own({}), rules({ policies: [policy({ create: "no", own: null })] })).refusedBy).toEqual([
      "applications",
    ]);
  });

  it("tells of an issued one when its delegation goes, and of a ceiling that comes over it", () => {
    const issued = { grant: { by: "delegation" as const, delegationId: "d-integrations" } };
    const tier = policy({ members: { everyone: false, groupIds: [], serviceAccounts: true }, create: "no", own: null });
    const before = rules({ policies: [tier], delegations: [delegation()] });
    expect(effect(issued, before, rules({ policies: [tier] }), service()).refusedBy).toEqual(["applications"]);
    const under = rules({ policies: [{ ...tier, ceiling: { access: "read" } }], delegations: [delegation()] });
    expect(effect(issued, before, under, service()).refusedBy).toEqual(["access"]);
  });

  it("says which end later than the new limit allows, and not those that did so before", () => {
    expect(effect({ days: 61 }, own({}), own({ maxLifetimeDays: 60 })).tooLong).toBe(true);
    expect(effect({ days: 60 }, own({}), own({ maxLifetimeDays: 60 })).tooLong).toBe(false);
    expect(effect({ days: 91 }, own({}), own({ maxLifetimeDays: 60 })).tooLong).toBe(false);
    expect(effect({ days: null }, own({ maxLifetimeDays: null }), own({})).tooLong).toBe(true);
  });

  it("says which may be used more often than the new limit allows, and not those that might before", () => {
    const most = (maxRatePerMinute: number | null) => own({ maxRatePerMinute });
    const rate = (perMinute: number, burst = perMinute) => ({ rateLimit: { perMinute, burst } });
    expect(effect({}, own({}), most(60)).tooFast).toBe(true);
    expect(effect(rate(61), most(100), most(60)).tooFast).toBe(true);
    expect(effect(rate(60, 61), own({}), most(60)).tooFast).toBe(true);
    expect(effect(rate(60), own({}), most(60)).tooFast).toBe(false);
    expect(effect(rate(101), most(100), most(60)).tooFast).toBe(false);
    expect(effect({}, most(60), own({})).tooFast).toBe(false);
    const slow = rules({ policies: [policy({ own: limits(), ceiling: { maxRatePerMinute: 60 } })] });
    expect(effect({}, own({}), slow).tooFast).toBe(true);
  });

  it("agrees with what breaks its policy on rates, for random limits, ceilings and tokens", () => {
    const rated = (all: readonly string[]) => all.some((each) => each.includes("requests a minute"));
    const side = fc.record({ own: anyLimits, ceiling: anyCeiling });
    const met = new Set<boolean>();
    fc.assert(
      fc.property(anyKept, side, side, fc.boolean(), ({ narrowing, ...some }, was, is, delegated) => {
        const grant = delegated
          ? ({ by: "delegation", delegationId: "d-integrations" } as const)
          : ({ by: "tier" } as const);
        const members = { everyone: true, groupIds: [], serviceAccounts: true };
        const sides = [was, is].map(({ own, ceiling }) =>
          rules({ policies: [policy({ members, own, ceiling })], delegations: [delegation({ issue: own })] }),
        );
        const [before = rules(), after = rules()] = sides;
        const said = sides.map((each) => rated(breachesOf({ ...some, grant, narrowing }, service(), each)));
        const token = { ...some, grant, name: "t", waiver: null, days: 30, rateLimit: narrowing.rateLimit };
        const { tooFast } = effectOf(token, service(), [before, after], KEYS);
        expect(tooFast).toBe(said[1] === true && said[0] === false);
        met.add(tooFast);
      }),
      { numRuns: 1_000 },
    );
    expect(met.size).toBe(2);
  });

  it("knows which may write from anywhere today", () => {
    expect(effect({}, own({}), own({ access: "read" })).writesFromAnywhere).toBe(true);
    expect(effect({ ipRanges: ["10.0.0.1"] }, own({}), own({ access: "read" })).writesFromAnywhere).toBe(false);
  });

  it("agrees with the verifier: without an effect everything that passed passes, for random rules and tokens", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, anyRules, (some, owner, before, other) => {
        const bare = { ...some, waiver: null };
        const after = { ...other, networks: before.networks };
        const passed = passing(bare, owner, before);
        const passes = passing(bare, owner, after);
        const lost = passed.filter((one) => !passes.some((each) => JSON.stringify(each) === JSON.stringify(one)));
        const { refusedBy } = effectOf({ ...bare, days: 30, rateLimit: null }, owner, [before, after], KEYS);
        if (refusedBy.length === 0) expect(lost).toEqual([]);
        if (lost.length > 0) expect(refusedBy).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
