import { describe, expect, it } from "vitest";
import { Buckets, countIn } from "./buckets";

const NOW = 1_000_000;
/** Seconds to wait, one coming after the other; 0 where it may. */
const times = (all: Buckets, name: string, count: number, now = NOW, burst = 3) =>
  Array.from({ length: count }, () => Math.max(0, Math.ceil(-all.take(name, burst, 2_000, now) / 1_000)));

describe("how often somebody may come", () => {
  it("is so many at once, and then as many as come back", () => {
    const all = new Buckets(100);
    expect(times(all, "a", 5)).toEqual([0, 0, 0, 2, 2]);
    expect(times(all, "a", 2, NOW + 1_999)).toEqual([1, 1]);
    expect(times(all, "a", 2, NOW + 2_000)).toEqual([0, 2]);
    expect(times(all, "a", 5, NOW + 3_600_000)).toEqual([0, 0, 0, 2, 2]);
  });

  it("is counted for each by itself", () => {
    const all = new Buckets(100);
    expect(times(all, "a", 4)).toEqual([0, 0, 0, 2]);
    expect(times(all, "b", 1)).toEqual([0]);
  });

  it("takes a bounded memory, whoever comes: who came longest ago is forgotten first", () => {
    const all = new Buckets(10);
    for (let n = 0; n < 10_000; n += 1) all.take(`n${n}`, 1, 2_000, NOW);
    expect(all.size).toBe(10);
    expect(times(all, "n9999", 1, NOW, 1)).toEqual([2]);
    expect(times(all, "n9989", 1, NOW, 1)).toEqual([0]);
  });

  it("leaves nothing behind the last one, and not a fraction, as where verifiers share it", () => {
    const all = new Buckets(2_000);
    const now = Date.UTC(2026, 10, 23, 12);
    const left = Array.from({ length: 1_000 }, (_, nth) => all.take(`n${nth}`, 1, 60_000 / (nth + 1), now));
    expect(new Set(left)).toEqual(new Set([0]));
  });

  it("neither gives nor takes anything where the clock is set back", () => {
    const all = new Buckets(100);
    const at = (now: number) => times(all, "a", 1, now, 1)[0];
    expect([at(NOW), at(NOW - 60_000), at(NOW - 59_000)]).toEqual([0, 2, 1]);
  });

  it("tells what is left, whatever fractions of a millisecond were summed up", () => {
    const all = new Buckets(100);
    const each = 60_000 / 7;
    const left = Array.from({ length: 8 }, () => all.take("a", 7, each, NOW));
    expect(left.slice(0, 7).map((ms) => countIn(ms, each))).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(left[7]).toBeLessThan(0);
    expect(all.take("a", 7, each, NOW - (left[7] ?? 0))).toBeGreaterThanOrEqual(0);
  });
});
