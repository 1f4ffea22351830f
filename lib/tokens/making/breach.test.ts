import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inScope } from "#lib/delegations/power";
import { issueAllowance, ownAllowance } from "#lib/policies/allowance";
import type { Limits } from "#lib/policies/limits";
import type { Member, Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import { anyHolder, anyKept, anyRules, anyWaiver, KEYS } from "#test/arbitraries";
import { lets, passes, passing, REQUESTS } from "#test/requests";
import { DAY, delegation, holder, limits, NOON, policy, rules, service, token } from "#test/rules";
import { loweredRate } from "../restrictions/narrower";
import { UNRESTRICTED } from "../restrictions/restrictions";
import { breachesOf, type Kept } from "./breach";
import { judge } from "./judge";

const runs = { numRuns: 600 };

const kept = (some: Partial<Kept> = {}): Kept => ({
  ...{ description: "", contact: "", applications: ["jira"], access: "write", ipRanges: [] },
  ...{ grant: { by: "tier" }, bornAt: NOON, expiresAt: NOON + 30 * DAY },
  narrowing: UNRESTRICTED,
  ...some,
});

const networks = [{ name: "office", ranges: ["192.0.2.0/24"] }];
const under = (own: Partial<Limits>) =>
  rules({ policies: [policy({ name: "Developers", own: limits(own) })], delegations: [delegation()], networks });
const issued = { grant: { by: "delegation", delegationId: "d-integrations" } } as const;

const allowanceFor = ({ grant }: Kept, owner: Member, all: Rules) => {
  if (grant.by === "tier") return ownAllowance(owner, tierOf(owner, all.policies), all);
  const found = all.delegations.get(grant.delegationId);
  return found === undefined || !inScope(found, owner) ? null : issueAllowance(found, owner, all);
};

describe("a token breaks its policy", () => {
  it.each<[string, Partial<Kept>, Partial<Limits>, string]>([
    ["that writes where only reading is allowed", {}, { access: "read" }, "Only reading is allowed: tier Developers."],
    ["for another application", {}, { applications: ["wiki"] }, "jira is not among wiki: tier Developers."],
    ["that never ends", { expiresAt: null }, {}, "At most 90 days, until 20 Feb 2027, 12:00 UTC: tier Developers."],
    [
      "that lives a millisecond too long",
      { expiresAt: NOON + 30 * DAY + 1 },
      { maxLifetimeDays: 30 },
      "At most 30 days, until 22 Dec 2026, 12:00 UTC: tier Developers.",
    ],
    [
      "from addresses beyond",
      { ipRanges: ["192.0.0.0/16"] },
      { ranges: ["office"] },
      "Addresses must lie in office: tier Developers.",
    ],
    [
      "from anywhere where addresses are asked for",
      {},
      { requireRanges: true },
      "Say from which addresses it is used: tier Developers.",
    ],
    [
      "used more often than is allowed",
      {},
      { maxRatePerMinute: 60 },
      "At most 60 requests a minute, and as many at once: tier Developers.",
    ],
    ["without its purpose", {}, { requirePurpose: true }, "Say what uses it: tier Developers."],
    ["without its contact", {}, { requireContact: true }, "Say whom to call about it: tier Developers."],
  ])("%s, and it is said why", (_, some, own, sentence) => {
    expect(breachesOf(kept(some), holder(), under(own))).toEqual([sentence]);
    expect(breachesOf(kept(some), holder(), under({ maxLifetimeDays: null }))).toEqual([]);
  });

  it("whose owner has no tier, or one without use or without tokens of one's own", () => {
    const tier = (some: object) => rules({ policies: [policy(some)], networks });
    expect(breachesOf(kept(), service(), under({}))).toEqual(["No policy gives its owner tokens."]);
    expect(breachesOf(kept(), holder(), tier({ use: false }))).toEqual([
      "The tier Everyone does not let tokens be used.",
    ]);
    expect(breachesOf(kept(), holder(), tier({ own: null }))).toEqual([
      "The tier Everyone grants no tokens of one's own.",
    ]);
  });

  it("whose delegation is gone, or covers its owner no more", () => {
    const served = policy({ members: { everyone: false, groupIds: [], serviceAccounts: true }, own: null });
    const all = (some: object = {}) => rules({ policies: [served], delegations: [delegation(some)] });
    expect(breachesOf(kept(issued), service(), all())).toEqual([]);
    const nobody = { everyone: true, groupIds: [], serviceAccounts: false };
    expect(breachesOf(kept(issued), service(), all({ scope: nobody }))).toEqual([
      "The delegation Integrations does not cover its owner any more.",
    ]);
    expect(breachesOf(kept(issued), service(), rules({ policies: [served] }))).toEqual([
      "The delegation that it was issued under is gone.",
    ]);
  });

  it("not because an application is gone, there are many, or somebody would have to approve it now", () => {
    const strict = under({ approval: "always", maxActive: 0 });
    expect(breachesOf(kept({ applications: ["gone"] }), holder(), strict)).toEqual([]);
    const noMore = rules({ policies: [policy({ create: "no" })] });
    expect(breachesOf(kept(), holder(), noMore)).toEqual([]);
  });
});

/** The same as far as limits let it. */
const fitting = (some: Kept, { access, applications, maxLifetimeDays, maxRatePerMinute }: Limits): Kept => ({
  ...some,
  ...{ description: "Nightly", contact: "ops", access: some.access === "read" ? "read" : access },
  applications: applications === "all" ? some.applications : applications,
  expiresAt: NOON + (maxLifetimeDays ?? 100) * DAY,
  narrowing: { ...some.narrowing, rateLimit: loweredRate(some.narrowing.rateLimit, maxRatePerMinute) },
});

describe("for random rules and tokens", () => {
  it("what keeps to its policy works as it says, wherever its rules have an address rule; a waiver adds nothing else", () => {
    let keeping = 0;
    fc.assert(
      fc.property(anyKept, anyHolder, anyRules, anyWaiver, (any, owner, all, waiver) => {
        const allowance = allowanceFor(any, owner, all);
        const some = fitting(any, allowance?.limits ?? limits());
        if (breachesOf(some, owner, all).length > 0) return;
        keeping += 1;
        const itself = { ...some, ranges: some.ipRanges };
        const places = (allowance?.rangeLimits ?? []).map(({ ranges }) => ({ ranges }));
        for (const request of REQUESTS) {
          const everything = some.applications === "all" && request.key === "latchkey";
          const said = lets(itself, all, request) && !everything && places.every((each) => lets(each, all, request));
          expect(passes(token({ ...some }), owner, all, request)).toBe(said);
          if (places.length === 0) expect(passes(token({ ...some, waiver }), owner, all, request)).toBe(said);
        }
      }),
      runs,
    );
    expect(keeping).toBeGreaterThan(20);
  });

  it("what could be made today breaks nothing, and what breaks something could not be made", () => {
    fc.assert(
      fc.property(anyKept, anyHolder, anyRules, (some, owner, all) => {
        const allowance = allowanceFor(some, owner, all);
        const use = tierOf(owner, all.policies)?.policy.use === true;
        const around = {
          ...{ now: NOON, bornAt: NOON, networks: all.networks, applications: new Set<string>(KEYS) },
          active: { own: 0, issued: 0, held: 0 },
        };
        const objections =
          allowance === null || !use
            ? null
            : judge(some, allowance, around).filter(
                ({ code }) => code !== "quota_exceeded" && code !== "approval_required",
              );
        expect(breachesOf(some, owner, all).length === 0).toBe(objections?.length === 0);
      }),
      runs,
    );
  });

  it("what breaks a rule that holds at every request loses something by it", () => {
    fc.assert(
      fc.property(anyKept, anyHolder, anyRules, (some, owner, all) => {
        const allowance = allowanceFor(some, owner, all);
        if (allowance === null || tierOf(owner, all.policies)?.policy.use !== true) return;
        const said = breachesOf(some, owner, all);
        const made = said.filter((each) => /^(Say |At most )/.test(each));
        if (said.length === made.length || some.applications === "all") return;
        const own = REQUESTS.filter((request) => lets({ ...some, ranges: some.ipRanges }, all, request));
        if (own.length > 0) expect(passing(token({ ...some }), owner, all).length).toBeLessThan(own.length);
      }),
      runs,
    );
  });
});
