import { describe, expect, test } from "vitest";
import { type Lease, LeaseWatch, type Moment } from "./lease-watch";

const BOUND_MS = 10_000;
const HOUR_MS = 3_600_000;

/** A watch on clocks that are given: time itself, and by how much the database's and ours are off. */
class Watched {
  readonly watch = new LeaseWatch();
  databaseOffMs = 0;
  wallOffMs = 0;
  readonly #leases = new Map<string, Lease>();

  writes(run: string, at: number): void {
    const seenAtMs = HOUR_MS * 1_000 + at + this.databaseOffMs;
    this.#leases.set(run, { id: run, run, applied: false, boundMs: BOUND_MS, seenAtMs });
  }

  /** Who lives, and for how long they may still allow. */
  at(at: number): Record<string, number> {
    const now = HOUR_MS * 1_000 + at;
    const moment: Moment = { databaseMs: now + this.databaseOffMs, wallMs: now + this.wallOffMs, monoMs: at };
    const live = this.watch.live([...this.#leases.values()], moment);
    return Object.fromEntries(live.map(({ run, remainingMs }) => [run, remainingMs]));
  }
}

const watched = () => {
  const house = new Watched();
  house.writes("gw", 0);
  return house;
};

describe("a lease lives", () => {
  test("for as long as its bound since it was written, as far as one knows", () => {
    const house = watched();
    expect(house.at(500)).toEqual({ gw: 9_500 });
    expect(house.at(9_999)).toEqual({ gw: 1 });
    expect(house.at(10_000)).toEqual({});
  });

  test("again when it is written again, from when that was seen", () => {
    const house = watched();
    house.at(0);
    expect(house.at(20_000)).toEqual({});
    house.writes("gw", 20_500);
    expect(house.at(21_000)).toEqual({ gw: BOUND_MS });
    expect(house.at(22_000)).toEqual({ gw: 9_000 });
  });

  test.each([
    ["an hour ahead", HOUR_MS],
    ["an hour back", -HOUR_MS],
  ])("through any clock that is set %s while it is watched, and no longer", (_what, offMs) => {
    for (const clocks of [["databaseOffMs"], ["wallOffMs"], ["databaseOffMs", "wallOffMs"]] as const) {
      const house = watched();
      house.at(1_000);
      for (const clock of clocks) house[clock] = offMs;
      expect(house.at(2_000)).toEqual({ gw: 8_000 });
      expect(house.at(11_000)).toEqual({});
    }
  });

  test("for whoever sees it for the first time, by the clock that says so", () => {
    const house = watched();
    house.databaseOffMs = HOUR_MS;
    expect(house.at(2_000)).toEqual({ gw: 8_000 });
    const other = watched();
    other.wallOffMs = HOUR_MS;
    expect(other.at(2_000)).toEqual({ gw: 8_000 });
  });

  test("not at first sight when both clocks say that it is too old, and is forgotten when it is gone", () => {
    const house = watched();
    house.writes("young", 9_000);
    expect(house.at(12_000)).toEqual({ young: 7_000 });
    expect(house.at(13_000)).toEqual({ young: 6_000 });
    expect(house.watch.live([], { databaseMs: 0, wallMs: 0, monoMs: 14_000 })).toEqual([]);
  });
});
