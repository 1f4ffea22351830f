import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitsFor } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { anyHolder, anyRules, anyWish, KEYS } from "#test/arbitraries";
import { lets, passes, REQUESTS } from "#test/requests";
import { NOON, token } from "#test/rules";
import { effectiveAccess } from "../rights/effective";
import { accessOf } from "../rights/way";
import { judge } from "./judge";

const runs = { numRuns: 400 };

describe("form, API and verifier agree", () => {
  const around = (rules: Rules, count = 0) => ({
    now: NOON,
    bornAt: NOON,
    networks: rules.networks,
    applications: new Set<string>(KEYS),
    active: { own: count, issued: count, held: count },
  });

  it("what may be made works as wished: nothing that is granted at making is refused live", () => {
    fc.assert(
      fc.property(
        anyWish,
        anyHolder,
        anyRules,
        fc.constantFrom("own" as const, "issue" as const),
        (wish, owner, rules, power) => {
          const allowed = limitsFor("operator", owner, power, rules);
          for (const allowance of allowed.ok ? allowed.value : []) {
            if (judge(wish, allowance, around(rules)).length > 0) continue;
            const made = token({ ...wish, grant: allowance.grant });
            const own = { ...wish, ranges: wish.ipRanges };
            for (const request of REQUESTS.filter((each) => lets(own, rules, each))) {
              const elsewhere = allowance.rangeLimits.some(({ ranges }) => !lets({ ranges }, rules, request));
              const everything =
                wish.applications === "all" && (request.key === "latchkey" || allowance.limits.applications !== "all");
              if (!elsewhere && !everything) expect(passes(made, owner, rules, request)).toBe(true);
            }
          }
        },
      ),
      runs,
    );
  });

  it("what is refused as *judged live* would indeed not work live as wished", () => {
    fc.assert(
      fc.property(
        anyWish,
        anyHolder,
        anyRules,
        fc.constantFrom("own" as const, "issue" as const),
        (wish, owner, rules, power) => {
          const allowed = limitsFor("operator", owner, power, rules);
          for (const allowance of allowed.ok ? allowed.value : []) {
            const live = judge(wish, allowance, around(rules)).filter(({ judged }) => judged === "live");
            const made = token({ ...wish, grant: allowance.grant });
            const { ways } = effectiveAccess(made, owner, rules, NOON);
            for (const { error } of live) {
              if (error.path === "access") expect(accessOf(ways)).not.toBe("write");
              if (error.path === "applications") expect(ways[0]?.applications).not.toEqual(wish.applications);
            }
          }
        },
      ),
      runs,
    );
  });

  it("the operator's override never makes anything wider live", () => {
    fc.assert(
      fc.property(anyWish, anyHolder, anyRules, (wish, owner, rules) => {
        const allowed = limitsFor("operator", owner, "own", rules, true);
        for (const allowance of allowed.ok ? allowed.value : []) {
          if (judge(wish, allowance, around(rules), true).length > 0) continue;
          const [way] = effectiveAccess(token({ ...wish, grant: allowance.grant }), owner, rules, NOON).ways;
          expect(way?.access).toBe(wish.access);
          expect(way?.applications).toEqual(wish.applications);
        }
      }),
      runs,
    );
  });

  it("a quota lets in exactly as many as it says", () => {
    fc.assert(
      fc.property(anyHolder, anyRules, fc.nat({ max: 4 }), (owner, rules, count) => {
        const allowed = limitsFor("operator", owner, "own", rules);
        for (const allowance of allowed.ok ? allowed.value : []) {
          const codes = judge(
            { ...token(), description: "", contact: "", narrowing: UNRESTRICTED },
            allowance,
            around(rules, count),
          ).map(({ code }) => code);
          const most = allowance.limits.maxActive;
          expect(codes.includes("quota_exceeded")).toBe(most !== null && count >= most);
        }
      }),
      runs,
    );
  });

  it("no allowance exceeds the one tier or delegation that it comes from", () => {
    fc.assert(
      fc.property(anyHolder, anyRules, fc.constantFrom("own" as const, "issue" as const), (owner, rules, power) => {
        const allowed = limitsFor("operator", owner, power, rules);
        for (const { grant, limits: given } of allowed.ok ? allowed.value : []) {
          const base =
            grant.by === "tier"
              ? tierOf(owner, rules.policies)?.policy.own
              : rules.delegations.get(grant.delegationId)?.issue;
          expect(base).toBeDefined();
          const longest = base?.maxLifetimeDays ?? Number.POSITIVE_INFINITY;
          expect(given.maxLifetimeDays ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(longest);
          expect(given.defaultLifetimeDays).toBeLessThanOrEqual(given.maxLifetimeDays ?? Number.POSITIVE_INFINITY);
          if (base?.access === "read") expect(given.access).toBe("read");
          const named = base?.applications;
          if (given.applications !== "all" && named !== "all")
            for (const key of given.applications) expect(named).toContain(key);
          if (given.applications === "all") expect(named).toBe("all");
        }
      }),
      runs,
    );
  });
});
