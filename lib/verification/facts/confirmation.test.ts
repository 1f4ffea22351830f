import { describe, expect, test } from "vitest";
import { ageMs, Confirmation, haveParted, type Instant } from "./confirmation";

const at = (ms: number): Instant => ({ wall: 1_800_000_000_000 + ms, mono: ms });
const BOUND = 10_000;

/** Lease written at 0–2, pull sent at 3. */
function confirmed(): Confirmation {
  const confirmation = new Confirmation(BOUND);
  confirmation.leased(at(0), at(2), true);
  confirmation.pulled(at(3));
  return confirmation;
}

describe("when an allow may be answered", () => {
  test("nothing is allowed before the first pull and the first lease", () => {
    const onlyPull = new Confirmation(BOUND);
    onlyPull.pulled(at(1));
    expect(onlyPull.holds(at(1))).toBe(false);
    const onlyLease = new Confirmation(BOUND);
    onlyLease.leased(at(1), at(2), true);
    expect(onlyLease.holds(at(2))).toBe(false);
    expect(confirmed().holds(at(4))).toBe(true);
  });

  test("a pull from before the first lease does not count: who revoked between them did not see us", () => {
    const confirmation = new Confirmation(BOUND);
    confirmation.pulled(at(1));
    confirmation.leased(at(2), at(4), true);
    expect(confirmation.holds(at(5))).toBe(false);
    confirmation.pulled(at(3));
    expect(confirmation.holds(at(5))).toBe(false);
    confirmation.pulled(at(5));
    expect(confirmation.holds(at(6))).toBe(true);
  });

  test("the bound is inclusive and counts from before the pull was sent", () => {
    const confirmation = confirmed();
    confirmation.leased(at(9_000), at(9_001), false);
    expect(confirmation.holds(at(10_003))).toBe(true);
    expect(confirmation.holds(at(10_004))).toBe(false);
  });

  test("a verifier that reads but cannot write its lease stops at the bound", () => {
    const confirmation = confirmed();
    for (let ms = 500; ms <= 20_000; ms += 500) confirmation.pulled(at(ms));
    expect(confirmation.holds(at(10_000))).toBe(true);
    expect(confirmation.holds(at(10_001))).toBe(false);
  });

  test("after the lease had lapsed, only a pull sent after the new lease counts", () => {
    const confirmation = confirmed();
    confirmation.pulled(at(11_000));
    confirmation.leased(at(11_001), at(11_005), false);
    expect(confirmation.holds(at(11_006))).toBe(false);
    confirmation.pulled(at(11_006));
    expect(confirmation.holds(at(11_007))).toBe(true);
  });

  test("a lease that was under way until after the old one lapsed is no unbroken lease", () => {
    const confirmation = confirmed();
    confirmation.pulled(at(9_990));
    confirmation.leased(at(9_999), at(10_001), false);
    expect(confirmation.holds(at(10_001))).toBe(false);
  });

  test("a lease row that somebody removed makes a new beginning", () => {
    const confirmation = confirmed();
    confirmation.pulled(at(500));
    confirmation.leased(at(900), at(901), true);
    expect(confirmation.holds(at(902))).toBe(false);
  });

  test("what was lost is confirmed again only by another pull", () => {
    const confirmation = confirmed();
    confirmation.lost();
    expect(confirmation.holds(at(4))).toBe(false);
    confirmation.pulled(at(5));
    expect(confirmation.holds(at(6))).toBe(true);
  });
});

describe("two clocks", () => {
  test("the age is that of the clock that says longer", () => {
    expect(ageMs({ wall: 100, mono: 100 }, { wall: 150, mono: 130 })).toBe(50);
    expect(ageMs({ wall: 100, mono: 100 }, { wall: 90, mono: 130 })).toBe(30);
  });

  test("a machine that was suspended stops allowing although its monotonic clock stood still", () => {
    expect(confirmed().holds({ wall: at(3).wall + BOUND + 1, mono: 5 })).toBe(false);
  });

  test("a wall clock set back does not make facts younger", () => {
    expect(confirmed().holds({ wall: at(0).wall - 3_600_000, mono: 3 + BOUND + 1 })).toBe(false);
  });

  test("clocks part when they went on by different amounts, not when both went far", () => {
    expect(haveParted(at(0), at(60_000))).toBe(false);
    expect(haveParted(at(0), { wall: at(0).wall + 5_000, mono: 10 })).toBe(true);
    expect(haveParted(at(0), { wall: at(0).wall - 5_000, mono: 10 })).toBe(true);
    expect(haveParted(at(0), { wall: at(0).wall + 300, mono: 10 })).toBe(false);
  });
});
