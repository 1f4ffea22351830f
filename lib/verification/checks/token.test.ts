import { describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { NOON } from "#test/rules";
import { bearer, decide, reasonOf } from "#test/verification";

describe("a token", () => {
  test("that nobody has is unknown, although it is well-formed", () => {
    expect(reasonOf({ request: { headers: bearer(newSecret()) } })).toBe("token_unknown");
  });

  test("is used until its end and not at it", () => {
    expect(reasonOf({ token: { expiresAt: NOON + 1 } })).toBe("allowed");
    expect(reasonOf({ token: { expiresAt: NOON } })).toBe("token_expired");
    expect(reasonOf({ token: { expiresAt: null } })).toBe("allowed");
  });

  test("that was revoked, denied, suspended or never claimed is none", () => {
    expect(reasonOf({ token: { revokedAt: NOON - 1 } })).toBe("token_revoked");
    expect(reasonOf({ token: { deniedAt: NOON - 1 } })).toBe("token_denied");
    expect(reasonOf({ token: { suspendedAt: NOON - 1 } })).toBe("token_suspended");
    expect(reasonOf({ token: { secretBornAt: null } })).toBe("token_pending");
  });

  test("that was rotated works within its overlap, and not at its end", () => {
    const supersededAt = NOON - 1000;
    expect(reasonOf({ token: { supersededAt, overlapEndsAt: NOON + 1 } })).toBe("allowed");
    expect(reasonOf({ token: { supersededAt, overlapEndsAt: NOON } })).toBe("token_superseded");
    expect(reasonOf({ token: { supersededAt, overlapEndsAt: null } })).toBe("token_superseded");
    expect(reasonOf({ token: { supersededAt, overlapEndsAt: NOON + 5, revokedAt: NOON - 1 } })).toBe("token_revoked");
    expect(reasonOf({ token: { supersededAt, overlapEndsAt: NOON + 5, expiresAt: NOON } })).toBe("token_expired");
  });
});

test("a time that is no number, as out of a cache of JSON, cannot be decided", () => {
  for (const field of ["expiresAt", "supersededAt", "overlapEndsAt"]) {
    for (const value of ['"2020-01-01T00:00:00Z"', "{}", "true"]) {
      const decision = decide({ token: JSON.parse(`{"${field}":${value}}`) });
      expect(decision).toMatchObject({ allowed: false, reason: "undecided" });
    }
  }
});
