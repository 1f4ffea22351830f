import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ago, clockOf, DAY_MS, dayAndYearOf, dayOf, exactly, knownZone, longDayOf, onDay, until } from "./time-words";

const at = (iso: string) => Date.parse(iso);
const berlin = { now: at("2026-11-20T12:00:00Z"), zone: "Europe/Berlin" };

describe("what is past", () => {
  test.each([
    ["2026-11-20T11:59:30Z", "just now"],
    ["2026-11-20T12:00:05Z", "just now"],
    ["2026-11-20T11:19:00Z", "41 min ago"],
    ["2026-11-20T10:00:00Z", "2 h ago"],
    ["2026-11-19T21:00:00Z", "yesterday"],
    ["2026-11-16T12:00:00Z", "4 days ago"],
    ["2026-09-03T12:00:00Z", "3 Sep"],
    ["2025-03-03T12:00:00Z", "3 Mar 2025"],
  ])("%s is %s", (iso, words) => expect(ago(at(iso), berlin)).toBe(words));

  test("a few hours stay hours, also across midnight", () => {
    expect(ago(at("2026-11-20T20:00:00Z"), { ...berlin, now: at("2026-11-21T01:00:00Z") })).toBe("5 h ago");
  });
});

describe("what is coming", () => {
  test.each([
    ["2026-11-20T12:00:00Z", "over"],
    ["2026-11-20T12:00:20Z", "in 1 min"],
    ["2026-11-20T12:40:00Z", "in 40 min"],
    ["2026-11-20T17:30:00Z", "in 5 h"],
    ["2026-11-21T12:00:00Z", "tomorrow"],
    ["2026-11-26T12:00:00Z", "in 6 days"],
  ])("%s is %s", (iso, words) => expect(until(at(iso), berlin)).toBe(words));

  test("days turn at the reader's midnight, not at UTC's", () => {
    const [now, then] = [at("2026-11-20T09:00:00Z"), at("2026-11-22T09:00:00Z")];
    expect(until(then, { now, zone: "UTC" })).toBe("in 2 days");
    expect(until(at("2026-11-21T23:30:00Z"), { now, zone: "UTC" })).toBe("tomorrow");
    expect(until(at("2026-11-21T23:30:00Z"), { now, zone: "Europe/Berlin" })).toBe("in 2 days");
  });

  test.each([
    ["2026-11-20T16:30:00Z", "today at 17:30"],
    ["2026-11-21T16:30:00Z", "tomorrow"],
    ["2026-11-26T12:00:00Z", "on Thursday"],
    ["2027-02-18T12:00:00Z", "on 18 Feb"],
  ])("%s ends %s", (iso, words) => expect(onDay(at(iso), berlin)).toBe(words));
});

describe("days and clocks", () => {
  test("a year is said only when it is not obvious", () => {
    expect(dayOf(at("2027-02-18T12:00:00Z"), berlin)).toBe("18 Feb");
    expect(dayOf(at("2027-09-14T12:00:00Z"), berlin)).toBe("14 Sep 2027");
    expect(dayAndYearOf(at("2026-09-14T12:00:00Z"), berlin)).toBe("14 Sep 2026");
  });

  test("the exact time is in the reader's zone and names it", () => {
    expect(exactly(at("2027-02-18T13:03:10Z"), berlin)).toBe("Thursday, 18 February 2027, 14:03:10 (Europe/Berlin)");
    expect(clockOf(at("2027-02-18T13:03:10Z"), berlin)).toBe("14:03:10");
    expect(longDayOf(at("2027-02-18T23:30:00Z"), berlin)).toBe("Friday, 19 February 2027");
  });

  test("no two neighbouring instants are told in the wrong order of days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
        const words = until(berlin.now + days * DAY_MS, berlin);
        expect(words).toBe(days === 1 ? "tomorrow" : `in ${days} days`);
      }),
    );
  });
});

describe("a zone from a cookie", () => {
  test.each(["Europe/Berlin", "Asia/Kolkata", "Asia/Calcutta", "UTC"])(
    "%s is called what the browser calls it",
    (zone) => expect(knownZone(zone)).toBe(zone),
  );

  test("whatever else stands there is UTC, and nothing throws", () => {
    expect(knownZone(undefined)).toBe("UTC");
    expect(knownZone("../../etc/passwd")).toBe("UTC");
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => typeof knownZone(text) === "string"));
  });
});
