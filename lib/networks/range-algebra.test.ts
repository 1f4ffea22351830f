import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "./address";
import { cidrsOf, isNowhere, liesIn, meetingOf } from "./range-algebra";
import { compileRanges, inRanges } from "./range-set";

const set = (...entries: string[]) => compileRanges(entries, new Map());
const RANGES = [
  "10.0.0.0/8",
  "10.0.0.0/9",
  "10.128.0.0/9",
  "10.1.0.0/16",
  "192.0.2.7",
  "2001:db8::/32",
  "2001:db8::1",
  "0.0.0.0/0",
];
const PROBES = ["10.0.0.1", "10.1.2.3", "10.200.0.1", "192.0.2.7", "8.8.8.8", "2001:db8::1", "2001:db8::2", "::1"];
const anySet = fc.subarray(RANGES, { minLength: 1 }).map((entries) => set(...entries));
const inside = (place: ReturnType<typeof set> | null, text: string) => {
  const address = parseAddress(text);
  return place === null || (address !== null && inRanges(place, address));
};

describe("what lies in several places at once", () => {
  it("is exactly what lies in each of them", () => {
    fc.assert(
      fc.property(fc.array(fc.option(anySet), { maxLength: 3 }), fc.constantFrom(...PROBES), (places, probe) => {
        expect(inside(meetingOf(places), probe)).toBe(places.every((place) => inside(place, probe)));
      }),
    );
  });

  it("is nowhere when they do not touch, and anywhere without any limit", () => {
    expect(isNowhere(meetingOf([set("10.0.0.0/9"), set("10.128.0.0/9")]))).toBe(true);
    expect(meetingOf([null, null])).toBeNull();
    expect(isNowhere(null)).toBe(false);
  });
});

describe("lying in others", () => {
  it("is true of the halves together, and of neither alone", () => {
    const whole = set("10.0.0.0/8");
    expect(liesIn(whole, [set("10.0.0.0/9"), set("10.128.0.0/9")])).toBe(true);
    expect(liesIn(whole, [set("10.0.0.0/9")])).toBe(false);
    expect(liesIn(set("2001:db8::/33"), [set("2001:db8::/32")])).toBe(true);
  });

  it("never says yes where an address of the inner one is in none", () => {
    fc.assert(
      fc.property(anySet, fc.array(anySet, { maxLength: 3 }), (inner, outers) => {
        if (!liesIn(inner, outers)) return;
        for (const probe of PROBES)
          if (inside(inner, probe)) expect(outers.some((outer) => inside(outer, probe))).toBe(true);
      }),
    );
  });

  it("of anywhere holds only for anywhere: an unknown address passes no list", () => {
    expect(liesIn(null, [set("0.0.0.0/0", "::/0")])).toBe(false);
    expect(liesIn(null, [set("10.0.0.0/8"), null])).toBe(true);
    expect(liesIn(set(), [])).toBe(true);
  });
});

describe("ranges written as CIDRs", () => {
  it("are the same set again", () => {
    fc.assert(
      fc.property(anySet, (some) => {
        expect(set(...cidrsOf(some))).toEqual(some);
      }),
    );
  });

  it("are few, and in canonical spelling", () => {
    expect(cidrsOf(set("10.0.0.0/9", "10.128.0.0/9", "192.0.2.7", "2001:DB8::1"))).toEqual([
      "10.0.0.0/8",
      "192.0.2.7",
      "2001:db8::1",
    ]);
  });
});
