import { describe, expect, it } from "vitest";
import { DAY, limits, NOON } from "#test/rules";
import { expiryOf, latestEnd } from "./expiry";

describe("the end of a token", () => {
  it("is the default lifetime when nothing is said, and never beyond the longest", () => {
    expect(expiryOf(undefined, NOON, limits())).toBe(NOON + 30 * DAY);
    expect(expiryOf(undefined, NOON, limits({ maxLifetimeDays: null }))).toBe(NOON + 30 * DAY);
    expect(expiryOf(undefined, NOON, limits({ maxLifetimeDays: 7 }))).toBe(NOON + 7 * DAY);
  });

  it("is what was wished, also never", () => {
    expect(expiryOf(NOON + DAY, NOON, limits())).toBe(NOON + DAY);
    expect(expiryOf(null, NOON, limits())).toBeNull();
  });

  it("is the longest for a browser whose clock is a little ahead, and not for a wish that is longer", () => {
    const latest = NOON + 90 * DAY;
    expect(expiryOf(latest + 300_000, NOON, limits())).toBe(latest);
    expect(expiryOf(latest + 300_001, NOON, limits())).toBe(latest + 300_001);
  });

  it("may come as late as birth and longest lifetime allow", () => {
    expect(latestEnd(NOON, limits())).toBe(NOON + 90 * DAY);
    expect(latestEnd(NOON, limits({ maxLifetimeDays: null }))).toBeNull();
  });
});
