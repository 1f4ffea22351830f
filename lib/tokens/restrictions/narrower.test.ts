import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRestrictions } from "#test/arbitraries";
import { highestRate, LOOSENS, loweredRate } from "./narrower";
import { type Restrictions, UNRESTRICTED } from "./restrictions";

const FIELDS = Object.keys(LOOSENS) as (keyof Restrictions)[];
const loosened = (before: Partial<Restrictions>, after: Partial<Restrictions>) =>
  FIELDS.filter((field) => LOOSENS[field]({ ...UNRESTRICTED, ...before }, { ...UNRESTRICTED, ...after }));

const WORK = { zone: "UTC", days: ["mon", "tue"], from: "06:00", to: "20:00" } as const;
const TEAM = { name: "x-team", value: "a" };

describe("loosening", () => {
  test.each<[keyof Restrictions, Partial<Restrictions>, Partial<Restrictions>]>([
    ["headerConditions", { headerConditions: [TEAM] }, { headerConditions: [] }],
    ["headerConditions", { headerConditions: [TEAM] }, { headerConditions: [{ ...TEAM, value: "b" }] }],
    ["pathRules", { pathRules: ["GET /x"] }, { pathRules: [] }],
    ["pathRules", { pathRules: ["GET /x"] }, { pathRules: ["GET /x", "GET /y"] }],
    ["timeWindow", { timeWindow: WORK }, { timeWindow: null }],
    ["timeWindow", { timeWindow: WORK }, { timeWindow: { ...WORK, to: "20:01" } }],
    ["rateLimit", { rateLimit: { perMinute: 6, burst: 6 } }, { rateLimit: null }],
    ["rateLimit", { rateLimit: { perMinute: 6, burst: 6 } }, { rateLimit: { perMinute: 7, burst: 1 } }],
    ["rateLimit", { rateLimit: { perMinute: 6, burst: 6 } }, { rateLimit: { perMinute: 1, burst: 7 } }],
  ])("of %s is seen: %j to %j", (field, before, after) => expect(loosened(before, after)).toEqual([field]));

  test("is none where something is added, or stays", () => {
    const all = {
      ...{ headerConditions: [TEAM], pathRules: ["GET /x"], timeWindow: WORK, rateLimit: { perMinute: 6, burst: 6 } },
    };
    expect(loosened({}, all)).toEqual([]);
    expect(loosened(all, all)).toEqual([]);
    expect(loosened({ pathRules: ["GET /x", "GET /y"] }, { pathRules: ["GET /y"] })).toEqual([]);
  });

  test("cannot be hidden in steps: what loosens nothing twice loosens nothing", () => {
    fc.assert(
      fc.property(anyRestrictions, anyRestrictions, anyRestrictions, (a, b, c) => {
        for (const field of FIELDS)
          if (!LOOSENS[field](a, b) && !LOOSENS[field](b, c))
            expect([field, LOOSENS[field](a, c)]).toEqual([field, false]);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a rate is as high as the limit, and no higher", () => {
  expect(highestRate(null)).toBeNull();
  expect(highestRate(600)).toEqual({ perMinute: 600, burst: 600 });
  expect(loweredRate(null, null)).toBeNull();
  expect(loweredRate(null, 600)).toEqual({ perMinute: 600, burst: 600 });
  expect(loweredRate({ perMinute: 900, burst: 5 }, 600)).toEqual({ perMinute: 600, burst: 5 });
  expect(loweredRate({ perMinute: 60, burst: 5 }, 0)).toEqual({ perMinute: 1, burst: 1 });
  expect(loweredRate({ perMinute: 60, burst: 5 }, null)).toEqual({ perMinute: 60, burst: 5 });
});
