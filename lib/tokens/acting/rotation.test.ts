import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, limits, NOON, token } from "#test/rules";
import type { Token } from "../token";
import { isRotatable, OVERLAPS, overlapEnd, successorExpiry } from "./rotation";

const issued = { grant: { by: "delegation" as const, delegationId: "d-1" } };
const renewed = (some: Partial<Token>, own: Parameters<typeof limits>[0] = {}, now = NOON + 20 * DAY, self = false) =>
  successorExpiry(token(some), { limits: limits(own) }, now, self);

describe("the overlap", () => {
  it.each([
    ["now", 0],
    ["15m", 900_000],
    ["1h", 3_600_000],
    ["24h", DAY],
    ["7d", 7 * DAY],
    ["first-use", 7 * DAY],
  ] as const)("of %s ends %d ms later at most", (overlap, ms) => {
    expect(overlapEnd(overlap, NOON, null)).toEqual({ endsAt: NOON + ms, untilFirstUse: overlap === "first-use" });
  });

  it("never outlives the old secret's own expiry", () => {
    fc.assert(
      fc.property(fc.constantFrom(...OVERLAPS), fc.integer({ min: 1, max: 30 * DAY }), (overlap, left) => {
        const { endsAt } = overlapEnd(overlap, NOON, NOON + left);
        expect(endsAt).toBeLessThanOrEqual(NOON + left);
        expect(endsAt).toBeGreaterThanOrEqual(NOON);
      }),
    );
  });
});

describe("the successor of an own token", () => {
  it("takes a new term as long as the last one", () => {
    expect(renewed({ expiresAt: NOON + 30 * DAY })).toBe(NOON + 50 * DAY);
  });

  it("is held to today's limit, though the old one was longer or had no end", () => {
    expect(renewed({ expiresAt: NOON + 365 * DAY })).toBe(NOON + 110 * DAY);
    expect(renewed({ expiresAt: null })).toBe(NOON + 110 * DAY);
    expect(renewed({ expiresAt: null }, { maxLifetimeDays: null })).toBeNull();
  });
});

describe("the successor of an issued token", () => {
  it("keeps its date, whatever the limits are: only a delegate renews it", () => {
    expect(renewed({ ...issued, expiresAt: NOON + 30 * DAY })).toBe(NOON + 30 * DAY);
    expect(renewed({ ...issued, expiresAt: null })).toBeNull();
  });
});

describe("a token that rotates itself", () => {
  it("never extends", () => {
    expect(renewed({ expiresAt: NOON + 30 * DAY }, {}, NOON + 20 * DAY, true)).toBe(NOON + 30 * DAY);
    expect(renewed({ expiresAt: NOON + 365 * DAY }, {}, NOON + 20 * DAY, true)).toBe(NOON + 110 * DAY);
  });
});

describe("what can be rotated", () => {
  const active = { deactivatedAt: null };
  const outcome = (some: Partial<Token>, owner: { deactivatedAt: number | null } = active) => {
    const result = isRotatable(token(some), owner, NOON);
    return result.ok ? "yes" : result.refusal.code;
  };

  it.each<[string, Partial<Token>, string]>([
    ["active", {}, "yes"],
    ["expiring", { expiresAt: NOON + DAY }, "yes"],
    ["rotated already", { supersededAt: NOON, overlapEndsAt: NOON + DAY }, "stale"],
    ["rotated long ago", { supersededAt: NOON - DAY, overlapEndsAt: NOON - DAY }, "stale"],
    ["revoked", { revokedAt: NOON }, "ended"],
    ["revoked within its overlap", { revokedAt: NOON, supersededAt: NOON, overlapEndsAt: NOON + DAY }, "ended"],
    ["expired", { expiresAt: NOON }, "ended"],
    ["denied", { deniedAt: NOON }, "ended"],
    ["suspended", { suspendedAt: NOON }, "forbidden"],
    ["pending", { secretBornAt: null }, "forbidden"],
  ])("%s: %j is %s", (_, some, expected) => expect(outcome(some)).toBe(expected));

  it("is nothing of somebody deactivated", () => expect(outcome({}, { deactivatedAt: 1 })).toBe("forbidden"));
});
