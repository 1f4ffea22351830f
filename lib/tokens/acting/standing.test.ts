import { describe, expect, it } from "vitest";
import { operator, sessionViewer } from "#lib/auth/actors";
import { delegation, holder, rules, service } from "#test/rules";
import { mayEnd, mayResume, standingOf } from "./standing";

const signedIn = (userId: string, groupIds: string[], role: "user" | "auditor" | "admin" = "user") =>
  sessionViewer({
    kind: "session",
    sessionId: "s",
    steppedUpAt: null,
    secondFactor: true,
    address: "192.0.2.1",
    userId,
    username: userId,
    displayName: userId,
    role,
    groupIds,
  });
const desk = delegation({
  id: "d-desk",
  powers: ["end"],
  delegateGroupIds: ["g-desk"],
  scope: { everyone: true, groupIds: [], serviceAccounts: false },
});
const all = rules({ delegations: [desk] });

describe("how somebody stands to a token", () => {
  it("is as its holder when they own it or maintain its account", () => {
    expect(standingOf(signedIn("u-ada", []), holder(), false, all)).toMatchObject({ holder: true, ends: false });
    expect(standingOf(signedIn("u-bob", []), service(), true, all)).toMatchObject({ holder: true, ends: false });
    expect(standingOf(signedIn("u-bob", []), holder(), false, all)).toMatchObject({ holder: false, ends: false });
  });

  it("is with power by a delegation that covers the owner, and never by role", () => {
    expect(standingOf(signedIn("u-eve", ["g-desk"]), holder(), false, all).ends).toBe(true);
    expect(standingOf(signedIn("u-eve", ["g-desk"]), service(), false, all).ends).toBe(false);
    expect(standingOf(signedIn("u-eve", [], "admin"), holder(), false, all).ends).toBe(false);
    expect(standingOf(operator(), service(), false, all)).toMatchObject({
      maker: "operator",
      holder: false,
      ends: true,
    });
  });
});

describe("ending and resuming", () => {
  const standing = (isHolder: boolean, ends: boolean) => ({ maker: "operator" as const, holder: isHolder, ends });

  it("is for holders and those with power", () => {
    expect(mayEnd(standing(true, false)).ok).toBe(true);
    expect(mayEnd(standing(false, true)).ok).toBe(true);
    expect(mayEnd(standing(false, false))).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("leaves to holders only what a holder suspended", () => {
    expect(mayResume(standing(true, false), { byOwner: true, by: "ada" }).ok).toBe(true);
    expect(mayResume(standing(true, false), { byOwner: false, by: "ann" })).toMatchObject({
      refusal: { detail: expect.stringContaining("ann") },
    });
    expect(mayResume(standing(false, true), { byOwner: true, by: "ada" }).ok).toBe(true);
    expect(mayResume(standing(false, false), { byOwner: true, by: "ada" }).ok).toBe(false);
  });
});
