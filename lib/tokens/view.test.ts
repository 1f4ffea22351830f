import { describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { DAY, NOON, policy } from "#test/rules";
import { atBrowser, ownerRow, tokenRow } from "#test/token-rows";
import { tokenView } from "./view";

const developers = policy({
  name: "Developers",
  members: { everyone: false, groupIds: ["g-dev"], serviceAccounts: false },
});
const ada = atBrowser("u-ada");
const inGroup = (groupId: string) => ownerRow({ memberships: [{ groupId, group: { role: null } }] });
const view = (some: Parameters<typeof tokenRow>[0] = {}, now = NOON) =>
  tokenView(ada, tokenRow(some), null, [developers], now);

describe("a token as it is shown", () => {
  it("has every field of the interface, times as ISO 8601 UTC, and nothing secret", () => {
    expect(view()).toEqual({
      id: "t-1",
      name: "backup",
      description: "",
      contact: "",
      labels: [],
      owner: { id: "u-ada", username: "ada" },
      createdBy: "ada",
      grant: { by: "tier", name: null, grantor: null },
      waiver: null,
      applications: ["jira"],
      access: "write",
      ipRanges: [],
      headerConditions: [],
      pathRules: [],
      timeWindow: null,
      rateLimit: null,
      restrictionsUnreadable: false,
      expiresAt: "2026-12-22T12:00:00.000Z",
      createdAt: "2026-11-22T12:00:00.000Z",
      status: "active",
      hint: "lk_h2D…Rk8v",
      lastUsedAt: null,
      lastUsedIp: null,
      lastRefusal: null,
      revocation: null,
      leakReportedAt: null,
      suspension: null,
      claim: null,
      rotatedFrom: null,
      rotatedTo: null,
      overlapEndsAt: null,
      overlapUntilFirstUse: false,
      version: 1,
    });
  });

  it("says that what narrows it cannot be read, and shows nothing of that", () => {
    const unreadable = { pathRules: ["GET /a"], timeWindow: { zone: "Mars" } };
    const nothing = { restrictionsUnreadable: true, pathRules: [], timeWindow: null, status: "active" };
    expect(view(unreadable)).toMatchObject(nothing);
    expect(view({ pathRules: ["GET /a"], restrictions: ["path_rules", "geo"] })).toMatchObject(nothing);
    expect(view({ pathRules: ["GET /a"], restrictions: ["path_rules"] })).toMatchObject({
      ...{ restrictionsUnreadable: false, pathRules: ["GET /a"] },
    });
  });

  it("names the owner's tier of today, whatever it was when the token was made", () => {
    expect(view({ owner: inGroup("g-dev") }).grant.name).toBe("Developers");
    expect(view({ owner: inGroup("g-other") }).grant.name).toBeNull();
  });

  it("remembers delegation and grantor, also when the delegation is gone", () => {
    const issued = {
      grantBy: "delegation" as const,
      delegationId: "d-1",
      delegationName: "Integrations",
      grantor: { username: "ann" },
    };
    expect(view(issued).grant).toEqual({ by: "delegation", name: "Integrations", grantor: "ann" });
  });

  it("derives its status from the clock it is given and from its owner", () => {
    expect(view({}, NOON + 20 * DAY).status).toBe("expiring");
    expect(view({}, NOON + 30 * DAY).status).toBe("expired");
    expect(view({ owner: ownerRow({ deactivatedAt: new Date(NOON) }) }).status).toBe("orphaned");
    expect(view({ secretBornAt: null, hint: null })).toMatchObject({ status: "pending", hint: null });
  });

  it("says all applications as a word, never as an empty list", () => {
    expect(view({ allApplications: true, applications: [] }).applications).toBe("all");
  });

  it("says who ended or held it, when and why", () => {
    const revoked = {
      revokedAt: new Date(NOON),
      revokedBy: "ann",
      revocationReason: "policy" as const,
      revocationNote: "audit",
    };
    expect(view(revoked)).toMatchObject({
      status: "revoked",
      revocation: { at: "2026-11-22T12:00:00.000Z", by: "ann", reason: "policy", note: "audit" },
    });
    const suspended = { suspendedAt: new Date(NOON), suspendedBy: "ada", suspendedByOwner: true };
    expect(view(suspended).suspension).toEqual({
      at: "2026-11-22T12:00:00.000Z",
      by: "ada",
      byOwner: true,
      note: null,
    });
  });

  it("shows a waiver with what it keeps", () => {
    const waiver = {
      waiverUntil: new Date(NOON + DAY),
      waiverBy: "ann",
      waiverWhy: "migration",
      waiverAccess: "write" as const,
    };
    expect(view({ ...waiver, waiverApplications: ["jira"], waiverIpRanges: ["office"] }).waiver).toEqual({
      until: "2026-11-23T12:00:00.000Z",
      by: "ann",
      why: "migration",
      keeps: { access: "write", applications: ["jira"], ipRanges: ["office"] },
    });
    expect(view({ ...waiver, waiverAllApplications: true }).waiver?.keeps.applications).toBe("all");
  });

  it("shows a rotating pair from both sides, and the last use as it was noted", () => {
    const usage = {
      ...{ lastUsedAt: new Date(NOON + 5), lastUsedIp: "192.0.2.9" },
      ...{ lastRefusedAt: new Date(NOON + 6), lastRefusedReason: "write_refused", lastRefusedIp: "192.0.2.10" },
    };
    const old = tokenRow({
      rotatedTo: { id: "t-2" },
      supersededAt: new Date(NOON),
      overlapEndsAt: new Date(NOON + DAY),
      overlapUntilFirstUse: true,
    });
    expect(tokenView(ada, old, usage, [], NOON)).toMatchObject({
      status: "rotating",
      rotatedTo: "t-2",
      overlapEndsAt: "2026-11-23T12:00:00.000Z",
      overlapUntilFirstUse: true,
      lastUsedAt: "2026-11-22T12:00:00.005Z",
      lastUsedIp: "192.0.2.9",
      lastRefusal: { at: "2026-11-22T12:00:00.006Z", reason: "write_refused", address: "192.0.2.10" },
    });
    expect(tokenView(ada, old, { ...usage, lastRefusedReason: "of tomorrow" }, [], NOON).lastRefusal).toMatchObject({
      meaning: "It was refused: of tomorrow.",
    });
    expect(tokenView(ada, old, { ...usage, lastRefusedAt: null }, [], NOON).lastRefusal).toBeNull();
    expect(view({ rotatedFromId: "t-0" }).rotatedFrom).toBe("t-0");
  });

  it("says to nobody but its owner where a refused request came from: looking at that is noted elsewhere", () => {
    const usage = {
      ...{ lastUsedAt: null, lastUsedIp: null },
      ...{ lastRefusedAt: new Date(NOON), lastRefusedReason: "write_refused", lastRefusedIp: "192.0.2.10" },
    };
    const seenBy = (viewer: Viewer) => tokenView(viewer, tokenRow(), usage, [], NOON).lastRefusal;
    expect(seenBy(ada)?.address).toBe("192.0.2.10");
    for (const other of [atBrowser("u-root", { role: "admin" }), operator()]) {
      expect(seenBy(other)).toMatchObject({ reason: "write_refused", address: null });
    }
  });
});
