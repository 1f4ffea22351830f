import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { PartOfRates, partOf } from "./part-of-rates";
import { Rates } from "./rates";

const limits = fc.record({ perMinute: fc.integer({ min: 1, max: 6_000 }), burst: fc.integer({ min: 1, max: 200 }) });
const partsOf = (of: number) => Array.from({ length: of }, (_, index) => ({ index, of }));
const ADDRESS = { family: 4, value: 0xc0_00_02_07 } as const;

describe("the parts of a rate limit", () => {
  test("are together the limit, whatever it is and however many there are, and differ by one at most", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 2, max: 64 }), (limit, of) => {
        const parts = partsOf(of).map((part) => partOf(limit, part));
        const bursts = parts.map(({ burst }) => burst);
        expect(bursts.reduce((sum, each) => sum + each, 0)).toBe(limit.burst);
        expect(parts.reduce((sum, each) => sum + each.perMinute, 0)).toBeCloseTo(limit.perMinute, 6);
        expect(Math.max(...bursts) - Math.min(...bursts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("workers that each have a part", () => {
  test("let through together what one process would, and never more, however requests fall on them", () => {
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.record({ gap: fc.integer({ min: 0, max: 3_000 }), at: fc.nat() }), { maxLength: 200 }),
        (limit, of, requests) => {
          const workers = partsOf(of).map((part) => new PartOfRates(part, 10));
          let now = NOON;
          let taken = 0;
          for (const { gap, at } of requests) {
            now += gap;
            if (workers[at % of]?.take("allowed", "t", limit, now).taken) taken += 1;
            expect(taken).toBeLessThanOrEqual(limit.burst + ((now - NOON) * limit.perMinute) / 60_000 + 0.001);
          }
        },
      ),
    );
  });

  test("let through all that may come at once, when each is asked for its part", () => {
    const limit = { perMinute: 6, burst: 5 };
    const workers = partsOf(3).map((part) => new PartOfRates(part, 10));
    const taken = workers.flatMap((each) => [1, 2, 3].map(() => each.take("allowed", "t", limit, NOON).taken));
    expect(taken).toEqual([...[true, true, false], ...[true, true, false], ...[true, false, false]]);
  });

  test("tell the whole limit, and what is left of their part", () => {
    const worker = new PartOfRates({ index: 0, of: 2 }, 10);
    const ask = () => worker.take("allowed", "t", { perMinute: 60, burst: 4 }, NOON).quota;
    expect(ask()).toEqual({ limit: 60, remaining: 1, resetSeconds: 2 });
    ask();
    expect(ask()).toEqual({ limit: 60, remaining: 0, resetSeconds: 2 });
  });

  test("refuse where their part is nothing, and say to come again soon: another worker may have one", () => {
    const limit = { perMinute: 1, burst: 1 };
    const [first, second] = partsOf(2).map((part) => new PartOfRates(part, 10));
    expect(second?.take("allowed", "t", limit, NOON)).toEqual({
      taken: false,
      quota: { limit: 1, remaining: 0, resetSeconds: 1 },
    });
    expect(first?.take("allowed", "t", limit, NOON).taken).toBe(true);
  });

  test("put back into their part what they took out of it", () => {
    const limit = { perMinute: 60, burst: 2 };
    const worker = new PartOfRates({ index: 1, of: 2 }, 10);
    expect(worker.take("allowed", "t", limit, NOON).taken).toBe(true);
    worker.giveBack("allowed", "t", limit);
    expect(worker.take("allowed", "t", limit, NOON).taken).toBe(true);
    expect(worker.take("allowed", "t", limit, NOON).taken).toBe(false);
  });

  test("know of the whole how much is spent, and the whole of the part", () => {
    const limit = { perMinute: 60, burst: 8 };
    const whole = new Rates(10);
    const worker = new PartOfRates({ index: 1, of: 4 }, whole);
    for (let i = 0; i < 4; i += 1) whole.take("allowed", "t", limit, NOON);
    expect(worker.take("allowed", "t", limit, NOON)).toMatchObject({ taken: true, quota: { remaining: 0 } });
    expect(worker.take("allowed", "t", limit, NOON).taken).toBe(false);
    expect(whole.take("allowed", "t", limit, NOON).taken).toBe(false);
  });

  test("bear their part of failures, at least one, and tell the whole limit", () => {
    const bear = (burst: number, index: number) => {
      const worker = new PartOfRates({ index, of: 2 }, 10);
      const told = Array.from({ length: 5 }, () => worker.fail(ADDRESS, { perMinute: 4, burst }, NOON));
      return [told.filter((each) => each === null).length, told.at(-1)?.limit];
    };
    expect([bear(6, 0), bear(6, 1), bear(1, 0), bear(1, 1)]).toEqual([
      ...[
        [3, 4],
        [3, 4],
      ],
      ...[
        [1, 4],
        [1, 4],
      ],
    ]);
  });
});
