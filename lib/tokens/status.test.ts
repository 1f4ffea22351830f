import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, NOON, token } from "#test/rules";
import { type Dated, hasEnded, STATUSES, statusOf } from "./status";

const active = { deactivatedAt: null };
const gone = { deactivatedAt: NOON - DAY };

describe("the status", () => {
  it("is active for a token with nothing against it", () => {
    expect(statusOf(token(), active, NOON)).toBe("active");
    expect(statusOf(token({ expiresAt: null }), active, NOON + 9_999 * DAY)).toBe("active");
  });

  it("is expiring from fourteen days before the end on, and expired at the very millisecond", () => {
    const expiresAt = NOON + 30 * DAY;
    expect(statusOf(token({ expiresAt }), active, expiresAt - 14 * DAY - 1)).toBe("active");
    expect(statusOf(token({ expiresAt }), active, expiresAt - 14 * DAY)).toBe("expiring");
    expect(statusOf(token({ expiresAt }), active, expiresAt - 1)).toBe("expiring");
    expect(statusOf(token({ expiresAt }), active, expiresAt)).toBe("expired");
  });

  it("is rotating within the overlap, and revoked at its end", () => {
    const old = token({ supersededAt: NOON, overlapEndsAt: NOON + 900_000 });
    expect(statusOf(old, active, NOON)).toBe("rotating");
    expect(statusOf(old, active, NOON + 899_999)).toBe("rotating");
    expect(statusOf(old, active, NOON + 900_000)).toBe("revoked");
    expect(statusOf(token({ supersededAt: NOON, overlapEndsAt: NOON }), active, NOON)).toBe("revoked");
    expect(statusOf(token({ supersededAt: NOON, overlapEndsAt: null }), active, NOON)).toBe("revoked");
  });

  it("is the first that holds, in the order of the catalogue", () => {
    const facts: [string, Partial<Dated>][] = [
      ["revoked", { revokedAt: NOON }],
      ["denied", { deniedAt: NOON }],
      ["expired", { expiresAt: NOON }],
      ["orphaned", {}],
      ["suspended", { suspendedAt: NOON }],
      ["pending", { secretBornAt: null }],
      ["rotating", { supersededAt: NOON, overlapEndsAt: NOON + DAY }],
      ["expiring", { expiresAt: NOON + DAY }],
    ];
    facts.forEach(([status], from) => {
      const merged = Object.assign(
        {},
        ...facts
          .slice(from)
          .reverse()
          .map(([, fact]) => fact),
      );
      const owner = from <= facts.findIndex(([name]) => name === "orphaned") ? gone : active;
      expect(statusOf(token(merged), owner, NOON)).toBe(status);
    });
    expect(STATUSES).toEqual([...facts.map(([status]) => status), "active"]);
  });

  it("never comes back to life as time passes", () => {
    const when = fc.option(fc.integer({ min: NOON - DAY, max: NOON + DAY }));
    const dated = fc.record({
      revokedAt: when,
      deniedAt: when,
      expiresAt: when,
      suspendedAt: when,
      supersededAt: when,
      overlapEndsAt: when,
    });
    fc.assert(
      fc.property(dated, fc.nat({ max: DAY }), fc.nat({ max: DAY }), (facts, first, more) => {
        fc.pre(hasEnded(token(facts), NOON + first));
        expect(hasEnded(token(facts), NOON + first + more)).toBe(true);
      }),
    );
  });

  it("of an orphaned, suspended or pending token is no end", () => {
    expect(hasEnded(token({ suspendedAt: NOON, secretBornAt: null }), NOON)).toBe(false);
    expect(statusOf(token(), gone, NOON)).toBe("orphaned");
    for (const end of [{ revokedAt: NOON }, { deniedAt: NOON }, { expiresAt: NOON }])
      expect(hasEnded(token(end), NOON)).toBe(true);
  });
});
