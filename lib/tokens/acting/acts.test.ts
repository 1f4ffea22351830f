import { describe, expect, it } from "vitest";
import { DAY, NOON, policy } from "#test/rules";
import { atBrowser, tokenRow } from "#test/token-rows";
import { facts } from "#test/verification";
import { holderOf } from "../row";
import { actedOn, isRevoked, resuming, revoking, suspending } from "./acts";
import { endingAt } from "./end-at";
import type { Standing } from "./standing";

const NOW = NOON + DAY;
const WHY = { by: "eve", reason: "policy", note: "why" } as const;
const delegate: Standing = { maker: "operator", holder: false, ends: true };
const owner: Standing = { maker: "operator", holder: true, ends: false };
const twin = tokenRow({ id: "t-2", name: "twin" });
const held = (byOwner: boolean) => ({
  ...{ suspendedAt: new Date(NOON), suspendedBy: "x", suspendedByOwner: byOwner, suspensionNote: "n" },
});

describe("revoking", () => {
  it("writes the same to a token and to what works beside it, and tells of each", () => {
    const act = revoking(tokenRow(), [twin], WHY, NOW);
    expect(act?.columns).toEqual({
      ...{ revokedAt: new Date(NOW), revokedBy: "eve", revocationReason: "policy", revocationNote: "why" },
    });
    expect(act?.events.map(({ action, subject }) => [action, subject])).toEqual([
      ["token.revoked", { id: "t-1", name: "backup" }],
      ["token.revoked", { id: "t-2", name: "twin" }],
    ]);
  });

  it("leaves alone what is revoked, and whose overlap is over", () => {
    const over = { supersededAt: new Date(NOON), overlapEndsAt: new Date(NOON) };
    const revoked = { revokedAt: new Date(NOON), revokedBy: "a", revocationReason: "unused" as const };
    for (const some of [over, revoked]) {
      expect(isRevoked(tokenRow(some), NOW)).toBe(true);
      expect(revoking(tokenRow(some), [twin], WHY, NOW)).toBeNull();
    }
    expect(isRevoked(tokenRow({ ...over, overlapEndsAt: new Date(NOW + 1) }), NOW)).toBe(false);
  });
});

describe("suspending", () => {
  it("says whether its owner did it, and what was before", () => {
    const byOwner = suspending({ row: tokenRow(), standing: owner }, [], WHY, NOW);
    expect(byOwner?.columns).toMatchObject({ suspendedBy: "eve", suspendedByOwner: true, suspensionNote: "why" });
    const taken = suspending({ row: tokenRow(held(true)), standing: delegate }, [], WHY, NOW);
    expect(taken?.events[0].detail).toMatchObject({
      before: { suspension: { by: "x", byOwner: true } },
      after: { suspension: { by: "eve", byOwner: false, note: "why" } },
    });
  });

  it("leaves what is held as it is, and of a pair stops the one that is not", () => {
    expect(suspending({ row: tokenRow(held(false)), standing: delegate }, [twin], WHY, NOW)).toBeNull();
    expect(suspending({ row: tokenRow(held(true)), standing: owner }, [], WHY, NOW)).toBeNull();
    const stopped = { ...twin, ...held(false) };
    expect(suspending({ row: tokenRow(), standing: delegate }, [stopped], WHY, NOW)?.touched).toHaveLength(1);
  });
});

describe("resuming", () => {
  it("lets a token go on, and what is held beside it as far as it may be", () => {
    const row = tokenRow(held(true));
    const [mine, theirs] = [
      { ...twin, ...held(true) },
      { ...twin, id: "t-3", ...held(false) },
    ];
    const ids = (standing: Standing) => resuming({ row, standing }, [mine, theirs])?.touched.map(({ id }) => id);
    expect(ids(owner)).toEqual(["t-1", "t-2"]);
    expect(ids(delegate)).toEqual(["t-1", "t-2", "t-3"]);
    expect(resuming({ row: tokenRow(), standing: owner }, [mine])).toBeNull();
  });

  it("leaves a token as the database will have it", () => {
    const row = tokenRow(held(true));
    const act = resuming({ row, standing: owner }, []);
    expect(act && actedOn(row, act)).toEqual({ ...tokenRow(), version: 2 });
  });
});

describe("ending at another time", () => {
  const row = tokenRow();
  const rules = facts({ policies: [policy()] });
  const subject = { row, rules, owner: holderOf(row.owner), viewer: atBrowser("u-ada"), standing: owner };

  it("is for its owner within today's limit, counted from the secret's birth", () => {
    expect(endingAt(subject, [], NOON + 90 * DAY, NOW)).toMatchObject({
      ok: true,
      value: [{ touched: [{ id: "t-1" }] }],
    });
    expect(endingAt(subject, [], NOON + 90 * DAY + 1, NOW)).toMatchObject({ refusal: { code: "limit_exceeded" } });
    expect(endingAt(subject, [], null, NOW)).toMatchObject({ refusal: { code: "limit_exceeded" } });
  });

  it("writes nothing where it ends then already", () => {
    expect(endingAt(subject, [twin], NOON + 30 * DAY, NOW)).toEqual({ ok: true, value: [] });
  });
});
