import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { Rates } from "./rates";

const LIMIT = { perMinute: 60, burst: 3 };
const takes = (rates: Rates, now: number, count = 1, token = "t") =>
  Array.from({ length: count }, () => rates.take("allowed", token, LIMIT, now).taken);

describe("a bucket", () => {
  test("holds as many as the burst, and gains as many a minute as the rate says", () => {
    const rates = new Rates();
    expect(takes(rates, NOON, 4)).toEqual([true, true, true, false]);
    expect(takes(rates, NOON + 999, 1)).toEqual([false]);
    expect(takes(rates, NOON + 1_000, 2)).toEqual([true, false]);
    expect(takes(rates, NOON + 3_000, 3)).toEqual([true, true, false]);
    expect(takes(rates, NOON + 600_000, 4)).toEqual([true, true, true, false]); // never more than the burst
  });

  test("says what is left, and when to come again", () => {
    const rates = new Rates();
    const quotas = Array.from({ length: 4 }, () => rates.take("allowed", "t", LIMIT, NOON).quota);
    expect(quotas).toEqual([
      { limit: 60, remaining: 2, resetSeconds: 1 },
      { limit: 60, remaining: 1, resetSeconds: 2 },
      { limit: 60, remaining: 0, resetSeconds: 3 },
      { limit: 60, remaining: 0, resetSeconds: 1 },
    ]);
  });

  test("is each token's own, and allowed and refused requests have one each", () => {
    const rates = new Rates();
    expect(takes(rates, NOON, 4)).toEqual([true, true, true, false]);
    expect(takes(rates, NOON, 1, "other")).toEqual([true]);
    expect(rates.take("denied", "t", LIMIT, NOON).taken).toBe(true);
  });

  test("never lets through more than burst and rate together, however the requests come", () => {
    fc.assert(
      fc.property(
        fc.record({ perMinute: fc.integer({ min: 1, max: 6_000 }), burst: fc.integer({ min: 1, max: 50 }) }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }),
        (limit, gaps) => {
          const rates = new Rates();
          let now = NOON;
          let taken = 0;
          for (const gap of gaps) {
            now += gap;
            if (rates.take("allowed", "t", limit, now).taken) taken += 1;
            expect(taken).toBeLessThanOrEqual(limit.burst + ((now - NOON) * limit.perMinute) / 60_000 + 0.001);
          }
        },
      ),
    );
  });

  test("after a refusal is good again when it said", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), fc.integer({ min: 1, max: 20 }), (perMinute, burst) => {
        const rates = new Rates();
        const take = (now: number) => rates.take("allowed", "t", { perMinute, burst }, now);
        for (let i = 0; i < burst; i += 1) take(NOON);
        const { taken, quota } = take(NOON);
        expect(taken).toBe(false);
        expect(take(NOON + quota.resetSeconds * 1_000).taken).toBe(true);
      }),
    );
  });

  test("is not shut for long by a clock that was put forward and back again", () => {
    const rates = new Rates();
    takes(rates, NOON + 86_400_000, 3);
    expect(takes(rates, NOON, 1)).toEqual([false]);
    expect(takes(rates, NOON + 1_000, 1)).toEqual([true]);
  });

  test("that nobody asked for the longest is forgotten first: memory is bounded", () => {
    const rates = new Rates(2);
    for (const token of ["a", "b", "c"]) takes(rates, NOON, 3, token);
    expect(takes(rates, NOON, 1, "c")).toEqual([false]);
    expect(takes(rates, NOON, 1, "a")).toEqual([true]);
  });
});
