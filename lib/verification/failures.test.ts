import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { NOON } from "#test/rules";
import { Failures, failingName } from "./failures";

const LIMIT = { perMinute: 6, burst: 3 };
const MINUTE = 60_000;
const nameOf = (text: string) => {
  const address = parseAddress(text);
  if (address === null) throw new Error(text);
  return failingName(address);
};
const fails = (failures: Failures, now: number, count: number, name = "a") =>
  Array.from({ length: count }, () => failures.note(name, LIMIT, now));

describe("failures of an address", () => {
  test("are borne as many at once as the burst, and as many a minute as the rate", () => {
    const failures = new Failures(10);
    expect(fails(failures, NOON, 4)).toEqual([0, 0, 0, MINUTE]);
    const steady = new Failures(10);
    for (let i = 0; i < 100; i += 1) expect(steady.note("a", LIMIT, NOON + i * 10_000)).toBe(0);
  });

  test("beyond that are told to wait, and counting goes on only when the time is over", () => {
    const failures = new Failures(10);
    fails(failures, NOON, 4);
    expect(fails(failures, NOON + 20_000, 50).every((wait) => wait === 40_000)).toBe(true);
    expect(fails(failures, NOON + MINUTE, 3)).toEqual([0, 0, 0]);
  });

  test("wait twice as long each time anew, up to 16 minutes, and a short time again after an hour of rest", () => {
    const failures = new Failures(10);
    let now = NOON;
    const waits = Array.from({ length: 7 }, () => {
      const wait = fails(failures, now, 4).at(-1) ?? 0;
      now += wait;
      return wait / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 16, 16]);
    expect(fails(failures, now + 60 * MINUTE, 4).at(-1)).toBe(MINUTE);
  });

  test("are each address's own; of IPv6 a whole /64 is one, and a mapped address is IPv4", () => {
    const failures = new Failures(10);
    fails(failures, NOON, 4, "a");
    expect(fails(failures, NOON, 1, "b")).toEqual([0]);
    expect(nameOf("2001:db8::1")).toBe(nameOf("2001:db8:0:0:ffff::9"));
    expect(nameOf("2001:db8::1")).not.toBe(nameOf("2001:db8:0:1::1"));
    expect(nameOf("::ffff:192.0.2.7")).toBe(nameOf("192.0.2.7"));
    expect(nameOf("192.0.2.7")).not.toBe(nameOf("192.0.2.8"));
  });

  test("of ever so many addresses take no more memory than was given", () => {
    const failures = new Failures(100);
    for (let i = 0; i < 10_000; i += 1) failures.note(String(i), LIMIT, NOON);
    expect(failures.size).toBe(100);
  });

  test("wait as long as was said elsewhere, from a first minute to 16, and never shorter than was said here", () => {
    const failures = new Failures(10);
    const heed = (minutes: number, now: number) =>
      failures.heed("a", { waitMs: minutes * MINUTE, lengthMs: minutes * MINUTE }, now) / MINUTE;
    let now = NOON;
    for (let i = 0; i < 3; i += 1) now += fails(failures, now, 4).at(-1) ?? 0;
    // It was told four minutes, which are over; elsewhere it is told the first one.
    expect(heed(1, now)).toBe(1);
    now += MINUTE;
    expect(fails(failures, now, 4).at(-1)).toBe(8 * MINUTE);
    expect(heed(1, now + MINUTE)).toBe(7);
    expect(fails(failures, now + MINUTE, 1)).toEqual([7 * MINUTE]);
    expect(heed(1e9, now + MINUTE)).toBe(16);

    const fresh = new Failures(10);
    expect(fresh.heed("a", { waitMs: 5, lengthMs: 5 }, NOON)).toBe(5);
    expect(fails(fresh, NOON + 5, 4).at(-1)).toBe(2 * MINUTE);
  });

  test("are never told to wait longer than 16 minutes, whatever the clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -86_400_000, max: 86_400_000 }), { maxLength: 60 }), (jumps) => {
        const failures = new Failures(10);
        for (const jump of jumps) expect(failures.note("a", LIMIT, NOON + jump)).toBeLessThanOrEqual(16 * MINUTE);
      }),
    );
  });
});
