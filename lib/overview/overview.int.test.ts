import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import { findOverview } from "./queries";

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY);
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  await installation.person("ann", ["admins"]);
});
afterAll(() => installation.close());

async function waits() {
  const found = await findOverview(await installation.viewer("ann"), NOW);
  return new Map(found?.waits.map(({ key, ...waiting }) => [key, waiting]));
}

async function token(ownerId: string, name: string, more: object = {}) {
  const base = { ownerId, name, createdBy: "test", grantBy: "tier" as const, access: "read" as const };
  return installation.db.token.create({ data: { ...base, ...more }, select: { id: true } });
}

describe("the overview", () => {
  it("is for administrators and auditors", async () => {
    await installation.person("uma");
    expect(await findOverview(await installation.viewer("uma"), NOW)).toBeNull();
  });

  it("names administrators without a second factor, and nothing else on the first day", async () => {
    expect(await waits()).toEqual(new Map([["without-factor", { count: 1, first: "ann" }]]));
  });

  it("says what waits, and only while it does", async () => {
    const { db, person } = installation;
    const [bob, gone] = [await person("bob"), await person("gone")];
    await db.user.update({ where: { id: gone.id }, data: { deactivatedAt: at(-1) } });
    await token(gone.id, "orphan");
    await token(gone.id, "ended with them", { revokedAt: at(-1), revokedBy: "ann", revocationReason: "unused" });
    const found = { revokedBy: "a leak report", revocationReason: "key_compromise" };
    await token(bob.id, "found", { ...found, revokedAt: at(-6), leakReportedAt: at(-6) });
    await token(bob.id, "found long ago", { ...found, revokedAt: at(-8), leakReportedAt: at(-8) });
    const old = await token(bob.id, "old", { expiresAt: at(-3) });
    const soon = await token(bob.id, "soon", { expiresAt: at(3) });
    await token(bob.id, "soon and unused", { expiresAt: at(3) });
    await token(bob.id, "waived", { waiverUntil: at(5), waiverBy: "ann", waiverWhy: "x", waiverAccess: "read" });
    await token(bob.id, "lost", { grantBy: "delegation", delegationId: "0190d4a5-0000-7000-8000-0000000000ff" });
    await db.user.create({ data: { username: "bot", usernameKey: "bot", displayName: "", kind: "service" } });
    const key = { secretDigest: new Uint8Array(32), adapter: "api" as const };
    await db.gateway.create({ data: { ...key, key: "gw-silent" } });
    await db.gateway.create({ data: { ...key, key: "gw-new", secretDigest: new Uint8Array(32).fill(1) } });
    const refused = { lastRefusedAt: at(-0.1), lastRefusedReason: "token_expired" };
    await db.tokenUsage.update({ where: { tokenId: old.id }, data: { refused: 3n, ...refused } });
    await db.tokenUsage.update({ where: { tokenId: soon.id }, data: { allowed: 1n, lastUsedAt: at(-0.5) } });
    await db.gatewayContact.create({ data: { gatewayKey: "gw-silent", lastContactAt: at(-1), lastAddress: "::1" } });
    expect(Object.fromEntries(await waits())).toEqual({
      leaked: { count: 1, first: "found" },
      knocking: { count: 1, first: "old" },
      "owners-gone": { count: 1, first: "orphan" },
      "grants-lost": { count: 1, first: "lost" },
      "waivers-ending": { count: 1, first: "waived" },
      "gateways-silent": { count: 1, first: "gw-silent" },
      "used-and-ending": { count: 1, first: "soon" },
      "without-factor": { count: 1, first: "ann" },
      unmaintained: { count: 1, first: "bot" },
    });
    await db.user.update({ where: { id: gone.id }, data: { deactivatedAt: null } });
    await db.gatewayContact.updateMany({ data: { lastContactAt: at(0) } });
    await db.tokenUsage.updateMany({ data: { lastRefusedAt: at(-2) } });
    const left = [...(await waits()).keys()];
    expect(left).not.toEqual(expect.arrayContaining(["owners-gone"]));
    expect(left).not.toEqual(expect.arrayContaining(["gateways-silent"]));
    expect(left).not.toEqual(expect.arrayContaining(["knocking"]));
  });

  it("counts tokens that have not ended, people with passwords, outcomes and why requests were refused", async () => {
    const { db } = installation;
    const count = (hour: Date, reason: string, n: bigint) =>
      db.verificationCount.create({
        data: { hour, gatewayKey: "gw", applicationKey: "jira", reason, auth: "token", count: n },
      });
    await count(at(-0.5), "allowed", 90n);
    await count(at(-0.5), "token_expired", 7n);
    await count(at(-1), "token_expired", 1n);
    await count(at(-1), "undecided", 2n);
    await count(at(-9), "write_refused", 50n);
    await count(at(-40), "allowed", 1_000n);
    const seen = { applicationKey: "jira", outcome: "allowed", client: "curl", firstSeenAt: at(-50), calls: 1n };
    const sightings = [
      { ...seen, class: "password", claimedName: "erik", address: "192.0.2.1", lastSeenAt: at(-1) },
      { ...seen, class: "password", claimedName: "erik", address: "192.0.2.2", lastSeenAt: at(-1) },
      { ...seen, class: "password", claimedName: "once", address: "192.0.2.2", lastSeenAt: at(-31) },
      { ...seen, class: "oauth1", claimedName: "link", address: "192.0.2.2", lastSeenAt: at(-1) },
    ];
    await db.credentialSighting.createMany({ data: sightings });
    const found = await findOverview(await installation.viewer("ann"), NOW);
    expect(found).toMatchObject({ tokens: 5, passwords: 1, reasons: [{ reason: "token_expired", count: 8 }] });
    const sum = (outcome: string) =>
      found?.hours.filter((hour) => hour.outcome === outcome).reduce((all, hour) => all + hour.count, 0);
    expect(["allowed", "refused", "undecided"].map(sum)).toEqual([90, 58, 2]);
    expect(found?.ends).toMatchObject([{ count: 2, used: 1 }]);
  });
});
