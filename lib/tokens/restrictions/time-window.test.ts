import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAYS, type TimeWindow } from "./restrictions";
import { inWindow, withinWindow } from "./time-window";

const window = (some: Partial<TimeWindow> = {}): TimeWindow => ({
  ...{ zone: "Europe/Berlin", days: ["mon", "tue", "wed", "thu", "fri"], from: "06:00", to: "20:00" },
  ...some,
});
const at = (iso: string) => Date.parse(iso);

describe("a time window", () => {
  test.each([
    ["2026-11-23T04:59:59.999Z", false], // Monday, 05:59 in Berlin
    ["2026-11-23T05:00:00Z", true],
    ["2026-11-23T18:59:59.999Z", true],
    ["2026-11-23T19:00:00Z", false], // 20:00: the end is exclusive
    ["2026-11-22T12:00:00Z", false], // Sunday
    ["2026-11-27T18:30:00Z", true], // Friday
    ["2026-11-28T05:30:00Z", false], // Saturday
  ])("at %s is open: %s", (iso, open) => expect(inWindow(window(), at(iso))).toBe(open));

  test("means the clocks of its zone, also where they have been put forward", () => {
    expect(inWindow(window(), at("2026-07-06T04:00:00Z"))).toBe(true); // summer: 06:00 in Berlin
    expect(inWindow(window(), at("2026-07-06T18:00:00Z"))).toBe(false);
    expect(inWindow(window({ zone: "Australia/Lord_Howe" }), at("2026-11-22T19:00:00Z"))).toBe(true); // Monday, 06:00
    expect(inWindow(window({ zone: "Asia/Kathmandu" }), at("2026-11-23T00:14:00Z"))).toBe(false); // 05:59
    expect(inWindow(window({ zone: "Asia/Kathmandu" }), at("2026-11-23T00:15:00Z"))).toBe(true);
  });

  test("goes on into the next day, which need not be one of its own", () => {
    const night = window({ zone: "UTC", days: ["fri"], from: "22:00", to: "06:00" });
    for (const [iso, open] of [
      ["2026-11-27T21:59:00Z", false],
      ["2026-11-27T22:00:00Z", true],
      ["2026-11-28T05:59:00Z", true],
      ["2026-11-28T06:00:00Z", false],
      ["2026-11-28T22:00:00Z", false],
      ["2026-11-27T05:00:00Z", false], // Thursday's night is not among them
    ] as const)
      expect([iso, inWindow(night, at(iso))]).toEqual([iso, open]);
  });

  test("of all days from 00:00 to 24:00 is always open", () => {
    const always = window({ zone: "America/New_York", days: [...DAYS], from: "00:00", to: "24:00" });
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => inWindow(always, now)));
  });

  test("of a zone that does not exist is never open: nobody learns by silence", () => {
    expect(() => inWindow(window({ zone: "Europe/Atlantis" }), 0)).toThrow(RangeError);
  });
});

describe("a window within another", () => {
  const minutes = fc.integer({ min: 0, max: 1439 });
  const time = (all: number) => `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
  const any = fc
    .record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: minutes, to: minutes })
    .filter(({ from, to }) => from !== to)
    .map(({ days, from, to }) => window({ zone: "UTC", days, from: time(from), to: time(to) }));
  const WEEK = Array.from({ length: 7 * 24 * 4 }, (_, quarter) => at("2026-11-23T00:00:00Z") + quarter * 900_000);

  test("is never open where that is closed", () => {
    fc.assert(
      fc.property(any, any, (inner, outer) => {
        if (!withinWindow(inner, outer)) return;
        for (const now of WEEK) if (inWindow(inner, now)) expect(inWindow(outer, now)).toBe(true);
      }),
    );
  });

  test("is found: the same, fewer days, shorter hours, and a night within a night", () => {
    const night = window({ days: ["fri"], from: "22:00", to: "06:00" });
    expect(withinWindow(window(), window())).toBe(true);
    expect(withinWindow(window({ zone: "Asia/Kolkata" }), window({ zone: "Asia/Calcutta" }))).toBe(true);
    expect(withinWindow(window({ days: ["mon"], from: "08:00" }), window())).toBe(true);
    expect(withinWindow({ ...night, from: "23:00", to: "05:00" }, night)).toBe(true);
    expect(withinWindow({ ...night, days: ["sat"], from: "01:00", to: "02:00" }, night)).toBe(true);
    expect(withinWindow(window({ to: "20:01" }), window())).toBe(false);
    expect(withinWindow(window({ days: ["sat"] }), window())).toBe(false);
    expect(withinWindow(window({ zone: "Europe/Paris" }), window())).toBe(false);
  });
});
