import fc from "fast-check";
import { expect, test } from "vitest";
import { dateIn, endOfDay, timeIn } from "./zoned";

test("a day ends with its last second in the reader's zone", () => {
  expect(endOfDay("2027-02-18", "UTC")).toBe(Date.parse("2027-02-18T23:59:59Z"));
  expect(endOfDay("2027-02-18", "Europe/Berlin")).toBe(Date.parse("2027-02-18T22:59:59Z"));
  expect(endOfDay("2027-02-18", "Asia/Kolkata")).toBe(Date.parse("2027-02-18T18:29:59Z"));
});

test("also on the days on which the clock changes", () => {
  expect(endOfDay("2027-03-28", "Europe/Berlin")).toBe(Date.parse("2027-03-28T21:59:59Z"));
  expect(endOfDay("2026-10-25", "Europe/Berlin")).toBe(Date.parse("2026-10-25T22:59:59Z"));
});

test.each(["", "2027-02-30", "2027-13-01", "18.02.2027", "2027-2-18", "12027-02-18", "2027-02-18T00:00"])(
  "%j is no day",
  (text) => expect(endOfDay(text, "UTC")).toBeNull(),
);

test("a time of the wall is found in the reader's zone, also after the clock has changed", () => {
  expect(timeIn("2027-02-18T12:30", "UTC")).toBe(Date.parse("2027-02-18T12:30:00Z"));
  expect(timeIn("2027-02-18T12:30", "Asia/Kolkata")).toBe(Date.parse("2027-02-18T07:00:00Z"));
  expect(timeIn("2027-03-28T01:59", "Europe/Berlin")).toBe(Date.parse("2027-03-28T00:59:00Z"));
  expect(timeIn("2027-03-28T03:00", "Europe/Berlin")).toBe(Date.parse("2027-03-28T01:00:00Z"));
  for (const odd of ["", "2027-02-30T12:00", "2027-02-18", "2027-02-18T24:00", "2027-02-18T12:00Z"])
    expect([odd, timeIn(odd, "UTC")]).toEqual([odd, null]);
});

test("whatever the zone, the end of a day lies on that day, and a second later does not", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Europe/Dublin",
  );
  const days = fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(zones, days, (zone, day) => {
      const end = endOfDay(day, zone);
      expect(end).not.toBeNull();
      expect(dateIn(end ?? 0, zone)).toBe(day);
      expect(dateIn((end ?? 0) + 1000, zone)).not.toBe(day);
    }),
  );
});
