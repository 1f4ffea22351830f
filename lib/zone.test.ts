import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSameZone, zoneNamed } from "./zone";

/** Names that runtimes call by another one, and the other one. */
const RENAMED = [
  ["Asia/Kolkata", "Asia/Calcutta"],
  ["Europe/Kyiv", "Europe/Kiev"],
  ["Asia/Ho_Chi_Minh", "Asia/Saigon"],
  ["America/Argentina/Buenos_Aires", "America/Buenos_Aires"],
  ["America/Nuuk", "America/Godthab"],
  ["Europe/Nicosia", "Asia/Nicosia"],
] as const;
const NAMES = [...RENAMED.flat(), "Europe/Berlin", "America/Port-au-Prince", "Antarctica/DumontDUrville", "UTC"];

const inAnyCase = (name: string) =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) => [...name].map((char, i) => (upper[i] ? char.toUpperCase() : char.toLowerCase())).join(""));

describe("a time zone", () => {
  test.each(NAMES)("that was chosen as %s is called that, in whatever case it was written", (name) => {
    expect(zoneNamed(name)).toBe(name);
    fc.assert(
      fc.property(inAnyCase(name), (written) => {
        expect(zoneNamed(written)).toBe(name);
      }),
      { numRuns: 20 },
    );
  });

  test("is called by the same name again: what was kept is read as it is", () => {
    for (const zone of [...Intl.supportedValuesOf("timeZone"), ...NAMES, "US/Pacific", "Etc/GMT+5", "GMT", "EST5EDT"]) {
      const name = zoneNamed(zone) ?? "";
      expect([zone, zoneNamed(name), isSameZone(zone, name)]).toEqual([zone, name, true]);
    }
  });

  test("by a name of before areas and places is called what it is called today", () => {
    expect(["US/Pacific", "GB-Eire", "PRC", "etc/utc"].map(zoneNamed)).toEqual([
      ...["America/Los_Angeles", "Europe/London", "Asia/Shanghai", "UTC"],
    ]);
  });

  test("that does not exist has no name: not even the area makes one", () => {
    for (const zone of ["Europe/Atlantis", "Asia/", "", "berlin", "__proto__", "Asia/Kolkata ", "Asıa/Kolkata"])
      expect([zone, zoneNamed(zone)]).toEqual([zone, null]);
    fc.assert(fc.property(fc.string(), (text) => zoneNamed(`Europe/${text}~`) === null));
  });

  test("is the same under both of its names, and no other is", () => {
    for (const [today, before] of RENAMED) expect([today, isSameZone(today, before)]).toEqual([today, true]);
    expect(isSameZone("Europe/Berlin", "Europe/Paris")).toBe(false);
    expect(isSameZone("Europe/Atlantis", "Europe/Lemuria")).toBe(false);
    expect(isSameZone("Europe/Atlantis", "Europe/Atlantis")).toBe(true);
  });
});
