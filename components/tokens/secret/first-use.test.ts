import { describe, expect, it } from "vitest";
import { IDLE_MS } from "#lib/sessions/session";
import { firstUseOf, stillAsks } from "./first-use";

const UNUSED = { status: "active", lastUsedAt: null, lastUsedIp: null, lastRefusal: null } as const;

describe("waiting for the first request", () => {
  it("is over with it, and when the token can no longer be used", () => {
    expect(firstUseOf(UNUSED)).toMatchObject({ state: "waiting", address: null });
    const used = { ...UNUSED, lastUsedAt: "2026-11-22T12:00:00.000Z", lastUsedIp: "192.0.2.1" };
    expect(firstUseOf(used)).toMatchObject({ state: "works", address: "192.0.2.1" });
    for (const status of ["revoked", "expired", "suspended", "orphaned"] as const)
      expect(firstUseOf({ ...UNUSED, status })).toMatchObject({ state: "ended", address: null });
  });

  it("does not keep a session alive that nobody uses: the page asks for less than the idle time", () => {
    expect(stillAsks(firstUseOf(UNUSED), 0)).toBe(true);
    expect(stillAsks({ state: "refused" }, 0)).toBe(true);
    expect(stillAsks({ state: "refused" }, IDLE_MS / 2_000)).toBe(false);
    expect(stillAsks(firstUseOf(UNUSED), IDLE_MS / 2_000)).toBe(false);
    expect(stillAsks({ state: "works" }, 0)).toBe(false);
  });
});
