import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { usedUp } from "#test/restricted";
import { NOON } from "#test/rules";
import { PartOfRates } from "../part-of-rates";
import { Rates } from "../rates";
import { Noting } from "./noting";

const LIMIT = { perMinute: 60, burst: 3 };
const ADDRESS = parseAddress("192.0.2.7") ?? undefined;
const remaining = (rates: Rates, id = "t") => rates.take("allowed", id, LIMIT, NOON).quota.remaining;
const fail = (counting: Pick<Rates, "fail">) => {
  if (ADDRESS === undefined) throw new Error("no address");
  return counting.fail(ADDRESS, LIMIT, NOON);
};

describe("what verifiers are asked about together", () => {
  test("is what this process lets through by a limit, and nothing where there is none", () => {
    const noting = new Noting(new Rates());
    expect(noting.demand).toBeNull();
    noting.take("allowed", "t", LIMIT, NOON);
    noting.take("allowed", "o", LIMIT, NOON);
    expect(noting.demand).toMatchObject({
      ...{ kind: "requests", bucket: "allowed" },
      wanted: [
        { id: "t", limit: LIMIT },
        { id: "o", limit: LIMIT },
      ],
    });
  });

  test("is never what this process refuses alone: however widely others would let it", () => {
    const noting = new Noting(usedUp("t", LIMIT));
    expect(noting.take("allowed", "t", LIMIT, NOON).taken).toBe(false);
    expect(noting.demand).toBeNull();
  });

  test("is not what was put back because the owner has none left", () => {
    const rates = usedUp("o", LIMIT);
    const noting = new Noting(rates);
    noting.take("allowed", "t", LIMIT, NOON);
    expect(noting.take("allowed", "o", LIMIT, NOON).taken).toBe(false);
    noting.giveBack("allowed", "t", LIMIT);
    expect(noting.demand).toBeNull();
    expect(remaining(rates)).toBe(2);
  });

  test("is a failure that is borne here, by its address; one that is not borne is told so at once", () => {
    const rates = new Rates();
    const noting = new Noting(rates);
    expect(fail(noting)).toBeNull();
    expect(noting.demand).toEqual({ kind: "failure", name: "192.0.2.7", limit: LIMIT });
    for (let i = 0; i < 3; i += 1) fail(rates);
    const later = new Noting(rates);
    expect(fail(later)).toMatchObject({ resetSeconds: 60 });
    expect(later.demand).toBeNull();
  });
});

describe("once all have been asked, a request", () => {
  const asked = (rates: Rates) => {
    const noting = new Noting(rates);
    noting.take("allowed", "t", LIMIT, NOON);
    noting.take("allowed", "o", LIMIT, NOON);
    return noting;
  };

  test("passes with what is left for all, and is counted here once", () => {
    const rates = new Rates();
    const settled = asked(rates).settled({ kind: "requests", leftMs: [1_000, 0] }, NOON);
    expect(settled.take("allowed", "t", LIMIT, NOON)).toEqual({
      taken: true,
      quota: { limit: 60, remaining: 1, resetSeconds: 2 },
    });
    expect(settled.take("allowed", "o", LIMIT, NOON).quota.remaining).toBe(0);
    expect([remaining(rates), remaining(rates, "o")]).toEqual([1, 1]);
  });

  test("is refused where the others have used it up, with when to come again, and takes nothing here", () => {
    const rates = new Rates();
    const settled = asked(rates).settled({ kind: "requests", leftMs: [1_000, -1_500] }, NOON);
    expect(settled.take("allowed", "o", LIMIT, NOON)).toEqual({
      taken: false,
      quota: { limit: 60, remaining: 0, resetSeconds: 2 },
    });
    settled.giveBack("allowed", "t", LIMIT);
    expect([remaining(rates), remaining(rates, "o")]).toEqual([2, 2]);
  });

  test("keeps what was counted here where nobody answered", () => {
    const rates = new Rates();
    const settled = asked(rates).settled(null, NOON);
    expect(settled.take("allowed", "t", LIMIT, NOON)).toMatchObject({ taken: true, quota: { remaining: 2 } });
    expect(remaining(rates)).toBe(1);
  });

  test("is counted here where it is now about something that nobody was asked about", () => {
    const rates = new Rates();
    const settled = asked(rates).settled({ kind: "requests", leftMs: [0, 0] }, NOON);
    expect(settled.take("denied", "t", LIMIT, NOON).quota.remaining).toBe(2);
    expect(fail(settled)).toBeNull();
    expect(rates.take("denied", "t", LIMIT, NOON).quota.remaining).toBe(1);
    for (let i = 0; i < 2; i += 1) expect(fail(rates)).toBeNull();
    expect(fail(rates)).not.toBeNull();
  });

  test("passes a worker by its part where nobody answered, of the same memory: all together let through what one would", () => {
    const workers = [0, 1].map((index) => {
      const whole = new Rates();
      return { whole, alone: new PartOfRates({ index, of: 2 }, whole) };
    });
    // All of them were let through by the whole limit, at each worker, and then nobody answered.
    const notings = workers.flatMap(({ whole, alone }) => Array.from({ length: 4 }, () => new Noting(whole, alone)));
    for (const noting of notings) noting.take("allowed", "t", LIMIT, NOON);
    const passed = notings.filter((each) => each.settled(null, NOON).take("allowed", "t", LIMIT, NOON).taken);
    expect(passed).toHaveLength(LIMIT.burst);
    expect(workers.map(({ whole }) => whole.take("allowed", "t", LIMIT, NOON).taken)).toEqual([false, false]);
  });

  test("is refused where the answer says too little", () => {
    const settled = asked(new Rates()).settled({ kind: "requests", leftMs: [5] }, NOON);
    expect(settled.take("allowed", "o", LIMIT, NOON).taken).toBe(false);
  });
});

describe("once all have been asked, a failure", () => {
  const asked = (rates: Rates) => {
    const noting = new Noting(rates);
    fail(noting);
    return noting;
  };

  test("is borne where all bear it, or where nobody answered", () => {
    expect(fail(asked(new Rates()).settled({ kind: "failure", waitMs: 0, lengthMs: 0 }, NOON))).toBeNull();
    expect(fail(asked(new Rates()).settled(null, NOON))).toBeNull();
  });

  test("is told to wait as long as the others say, also by this process from now on", () => {
    const rates = new Rates();
    const told = { kind: "failure", waitMs: 90_000, lengthMs: 120_000 } as const;
    expect(fail(asked(rates).settled(told, NOON))).toEqual({ limit: 60, remaining: 0, resetSeconds: 90 });
    expect(fail(rates)).toMatchObject({ resetSeconds: 90 });
  });

  test("is told to wait as long as this process says where that is longer", () => {
    const rates = new Rates();
    const noting = asked(rates);
    rates.heed("192.0.2.7", { waitMs: 240_000, lengthMs: 240_000 }, NOON);
    const settled = noting.settled({ kind: "failure", waitMs: 60_000, lengthMs: 60_000 }, NOON);
    expect([fail(settled), fail(rates)]).toMatchObject([{ resetSeconds: 240 }, { resetSeconds: 240 }]);
  });

  test("is never told to wait longer than 16 minutes, whatever the others say", () => {
    const rates = new Rates();
    asked(rates).settled({ kind: "failure", waitMs: 1e12, lengthMs: 1e12 }, NOON);
    expect(fail(rates)).toMatchObject({ resetSeconds: 960 });
  });
});
