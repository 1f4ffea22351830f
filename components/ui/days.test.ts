import { describe, expect, it } from "vitest";
import { daysOf, rounded, scaleEnd } from "./days";

const at = (iso: string) => Date.parse(iso);
const count = { all: ({ n }: { at: number; n: number }) => n };

describe("days of the reader", () => {
  it("begin at their own midnight", () => {
    const entries = [
      { at: at("2026-11-21T22:00:00Z"), n: 1 },
      { at: at("2026-11-21T23:00:00Z"), n: 10 },
      { at: at("2026-11-22T22:00:00Z"), n: 100 },
    ];
    const reader = { now: at("2026-11-22T12:00:00Z"), zone: "Europe/Berlin" };
    const days = daysOf(entries, reader, { first: -1, count: 2 }, count);
    expect(days.map(({ day, all }) => [day, all])).toEqual([
      [21, 1],
      [22, 110],
    ]);
  });

  it("are all there once, also when the clocks change", () => {
    for (const now of ["2026-10-26T00:30:00Z", "2026-03-29T22:30:00Z", "2026-10-25T22:59:00Z"]) {
      const days = daysOf([], { now: at(now), zone: "Europe/Berlin" }, { first: -13, count: 14 }, count);
      const dates = days.map((each) => each.day);
      expect(new Set(dates).size).toBe(14);
    }
  });
});

describe("a scale", () => {
  it("ends above what is drawn, at a number that is easily read", () => {
    expect([0, 4, 7, 12, 230_000].map(scaleEnd)).toEqual([4, 4, 10, 20, 500_000]);
    expect([500, 20_000, 5_000_000].map(rounded)).toEqual(["500", "20k", "5m"]);
  });
});
