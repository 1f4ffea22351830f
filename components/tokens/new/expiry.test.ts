import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateRange, dayChoices, daysWords, expiresAt, presetExpiry } from "./expiry";

const DAY = 86_400_000;
const reader = { now: Date.parse("2026-11-20T12:00:00Z"), zone: "Europe/Berlin" };
const upTo = (maxLifetimeDays: number | null, defaultLifetimeDays = 30) => ({ maxLifetimeDays, defaultLifetimeDays });

describe("the plain choices", () => {
  test.each([
    [upTo(90), [30, 90]],
    [upTo(7, 7), [7]],
    [upTo(7, 30), [7]],
    [upTo(365), [30, 90, 365]],
    [upTo(null), [30, 90, 365]],
    [upTo(60, 14), [14, 30, 60]],
  ])("for %j are %j", (limits, days) => expect(dayChoices(limits)).toEqual(days));

  test("never offer more than is allowed, always offer the default and the longest", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3650 }), fc.integer({ min: 1, max: 3650 }), (max, preset) => {
        const days = dayChoices(upTo(max, preset));
        expect(Math.max(...days)).toBe(max);
        expect(days).toContain(Math.min(preset, max));
        expect(days.length).toBeLessThanOrEqual(3);
        expect([...days].sort((a, b) => a - b)).toEqual(days);
      }),
    );
  });

  test("a default beyond the longest is the longest", () => {
    expect(presetExpiry(upTo(7, 30))).toEqual({ kind: "days", days: 7 });
    expect(presetExpiry(upTo(null, 30))).toEqual({ kind: "days", days: 30 });
  });
});

describe("the instant", () => {
  test("days count from now, never is null", () => {
    expect(expiresAt({ kind: "days", days: 90 }, upTo(90), reader)).toBe(reader.now + 90 * DAY);
    expect(expiresAt({ kind: "never" }, upTo(null), reader)).toBeNull();
  });

  test("a day means until its end, on the reader's calendar", () => {
    expect(expiresAt({ kind: "date", date: "2026-12-24" }, upTo(90), reader)).toBe(Date.parse("2026-12-24T22:59:59Z"));
  });

  test("the last allowed day ends with the limit, so that it can be chosen at all", () => {
    expect(expiresAt({ kind: "date", date: "2027-02-18" }, upTo(90), reader)).toBe(reader.now + 90 * DAY);
    expect(dateRange(upTo(90), reader)).toEqual({ min: "2026-11-20", max: "2027-02-18" });
    expect(dateRange(upTo(null), reader).max).toBeUndefined();
  });

  test("a later day is not silently shortened: the server refuses it and says why", () => {
    expect(expiresAt({ kind: "date", date: "2027-02-19" }, upTo(90), reader)).toBeGreaterThan(reader.now + 90 * DAY);
  });

  test("half a date is none yet", () =>
    expect(expiresAt({ kind: "date", date: "" }, upTo(90), reader)).toBeUndefined());
});

test.each([
  [1, "1 day"],
  [30, "30 days"],
  [365, "1 year"],
])("%i days are said as %s", (days, words) => expect(daysWords(days)).toBe(words));
