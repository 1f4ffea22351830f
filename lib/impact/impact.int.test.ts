import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { deleteDelegation } from "#lib/delegations/commands/delete";
import { createPolicy } from "#lib/policies/commands/create";
import { editPolicy } from "#lib/policies/commands/edit";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedToken, seedTokens } from "#test/seeded";
import { draftInput } from "./draft-schema";
import { previewChange } from "./queries";

// What is previewed is judged by the clock, so the test begins now.
const NOW = Date.now();
const DAY = 86_400_000;
const days = (count: number) => new Date(NOW + count * DAY);
const iso = (count: number) => days(count).toISOString();
const OWN = { maxLifetimeDays: 365, access: "write", applications: "all", maxActive: 5 };
let installation: TestInstallation;
let tier: { id: string; version: number };
let place = 3_000;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  await seedApplication(installation.db, "jira");
});
afterAll(() => installation.close());

/** A group with a tier of its own, and people in it. */
async function team(name: string, people: number, own: object = {}) {
  await installation.db.group.create({ data: { name, externalId: name } });
  place += 1;
  const wish = {
    name,
    priority: place,
    members: { groups: [name] },
    use: true,
    create: "yes",
    own: { ...OWN, ...own },
  };
  tier = await outputOf(execute(installation.db, createPolicy, operator(), wish, NOW));
  const owners = [];
  for (let n = 0; n < people; n += 1) owners.push(await installation.person(`${name}-${n}`, [name]));
  return owners;
}
const token = (ownerId: string, some: object = {}) =>
  seedToken(installation.db, ownerId, { createdAt: days(0), secretBornAt: days(0), expiresAt: days(80), ...some });
const preview = async (changes: object) => {
  const seen = await previewChange(operator(), draftInput.parse({ change: "policy.edit", id: tier.id, ...changes }));
  if (!seen.ok) throw new Error(seen.refusal.detail);
  return seen.value;
};
const save = async (changes: object, affected?: object) => {
  const { fingerprint } = await preview(changes);
  const considered = affected === undefined ? {} : { affected, fingerprint };
  const input = { id: tier.id, version: tier.version, ...changes, ...considered };
  return execute(installation.db, editPolicy, operator(), input, NOW);
};
const read = { own: { ...OWN, access: "read" } };
const leave = { choice: "leave", until: iso(10) };
const stored = (id: string) => installation.db.token.findUniqueOrThrow({ where: { id } });

describe("what a draft would do to tokens", () => {
  it("is counted, and the last used come first", async () => {
    const [ada, bob] = await team("counted", 2);
    if (!ada || !bob) return;
    const used = await token(ada.id, { name: "used" });
    await token(ada.id, { name: "reads", access: "read" });
    await token(bob.id, { name: "never used" });
    await token(bob.id, { name: "ended", revokedAt: days(-1), revokedBy: "x", revocationReason: "unused" });
    await token(bob.id, { name: "expired", expiresAt: days(-1) });
    await installation.db.tokenUsage.update({
      where: { tokenId: used.id },
      data: { lastUsedAt: new Date(NOW - 3_600_000) },
    });
    const seen = await preview(read);
    expect(seen).toMatchObject({
      needsChoice: true,
      people: { moving: 0 },
      tokens: { affected: 2, refused: 2, owners: 2, usedLastDay: 1, neverUsed: 1, writeFromAnywhere: 2, tooLong: 0 },
    });
    expect(seen.tokens.first.map(({ name, refusedBy }) => [name, refusedBy])).toEqual([
      ["used", ["access"]],
      ["never used", ["access"]],
    ]);
    const shorter = await preview({ own: { ...OWN, maxLifetimeDays: 60 } });
    expect(shorter.tokens).toMatchObject({ affected: 3, tooLong: 3, refused: 0 });
  });

  it("is nothing where nobody has a token, and needs no choice then", async () => {
    await team("nobody", 1);
    expect(await preview(read)).toMatchObject({ needsChoice: false, tokens: { affected: 0, first: [] } });
    expect(await save(read)).toMatchObject({ ok: true });
  });
});

describe("saving what breaks tokens", () => {
  it("asks what happens to them, and for the fingerprint of what was shown", async () => {
    const [ada] = await team("asked", 1);
    await token(ada?.id ?? "");
    const input = { id: tier.id, version: 1, ...read };
    const silent = await execute(installation.db, editPolicy, operator(), input, NOW);
    expect(silent).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "affected" }] } });
    const blind = await execute(installation.db, editPolicy, operator(), { ...input, affected: leave }, NOW);
    expect(blind).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "fingerprint" }] } });
    expect(await save(read, { choice: "leave", until: iso(-1) })).toMatchObject({
      refusal: { errors: [{ path: "affected.until" }] },
    });
    const gone = await execute(
      installation.db,
      createPolicy,
      operator(),
      { name: "above", priority: 9_000, members: { groups: ["asked"] } },
      NOW,
    );
    expect(gone).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "fingerprint" }] } });
  });

  it("is stale once it would break others than were shown, and tells the new numbers", async () => {
    const [ada] = await team("moved on", 1);
    await token(ada?.id ?? "");
    const { fingerprint } = await preview(read);
    await token(ada?.id ?? "");
    const input = { id: tier.id, version: 1, ...read, affected: leave, fingerprint };
    const late = await execute(installation.db, editPolicy, operator(), input, NOW);
    expect(late).toMatchObject({ refusal: { code: "stale", detail: expect.stringContaining("2 tokens of 1 person") } });
    expect((await installation.db.policy.findUniqueOrThrow({ where: { id: tier.id } })).version).toBe(1);
  });

  it("leaves them until the date by a waiver, told to the log token by token", async () => {
    const [ada] = await team("left", 1);
    const { id } = await token(ada?.id ?? "");
    expect(await save(read, leave)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({
      waiverUntil: days(10),
      waiverAccess: "write",
      waiverAllApplications: true,
      version: 2,
    });
    const events = await installation.db.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 2 });
    expect(events.map(({ action }) => action)).toEqual(["token.adjusted", "policy.edited"]);
    expect(events[0]).toMatchObject({ subjectId: id, detail: { after: { waiverUntil: iso(10) } } });
  });

  it("shortens, reduces or revokes them by dated facts", async () => {
    const [ada] = await team("others", 1);
    const one = await token(ada?.id ?? "", { supersededAt: days(0), overlapEndsAt: days(70) });
    const shorter = { own: { ...OWN, maxLifetimeDays: 30 } };
    expect(await save(shorter, { choice: "shorten", from: iso(7) })).toMatchObject({ ok: true });
    expect(await stored(one.id)).toMatchObject({ expiresAt: days(30), overlapEndsAt: days(30), waiverUntil: null });
    tier = { ...tier, version: 2 };
    const reads = { own: { ...OWN, maxLifetimeDays: 30, access: "read", applications: ["jira"] } };
    expect(await save(reads, { choice: "reduce" })).toMatchObject({ ok: true });
    expect(await stored(one.id)).toMatchObject({ access: "read", allApplications: false, applications: ["jira"] });
    tier = { ...tier, version: 3 };
    const placed = { own: { ...reads.own, ranges: ["10.0.0.0/8"] } };
    expect(await save(placed, { choice: "revoke", at: iso(5) })).toMatchObject({ ok: true });
    expect(await stored(one.id)).toMatchObject({ expiresAt: days(5), waiverUntil: days(5), waiverIpRanges: [] });
  });

  it("asks about tokens with a rate above a new highest one, or none, and reduces them to it", async () => {
    const [ada] = await team("fast", 1);
    const rate = (perMinute: number) => ({ rateLimit: { perMinute, burst: perMinute } });
    const free = await token(ada?.id ?? "", { name: "free" });
    const fast = await token(ada?.id ?? "", { name: "fast", ...rate(601) });
    const slow = await token(ada?.id ?? "", { name: "slow", ...rate(600) });
    const strange = await token(ada?.id ?? "", { name: "strange", rateLimit: "often" });
    const limited = { own: { ...OWN, maxRatePerMinute: 600 } };
    const seen = await preview(limited);
    expect(seen).toMatchObject({ needsChoice: true, tokens: { affected: 3, tooFast: 3, refused: 0, tooLong: 0 } });
    expect(seen.tokens.first.map(({ name, tooFast }) => [name, tooFast])).toEqual(
      ["free", "fast", "strange"].map((name) => [name, true]),
    );
    expect(
      await execute(installation.db, editPolicy, operator(), { id: tier.id, version: 1, ...limited }, NOW),
    ).toMatchObject({
      refusal: { errors: [{ path: "affected" }] },
    });
    expect(await save(limited, { choice: "reduce" })).toMatchObject({ ok: true });
    for (const { id } of [free, fast, slow]) {
      const { rateLimit, restrictions } = await stored(id);
      expect([rateLimit, restrictions]).toEqual([{ perMinute: 600, burst: 600 }, ["rate_limit"]]);
    }
    expect((await stored(slow.id)).version).toBe(1);
    // What nobody can read refuses the token, and stays: written anew, it would let it work again.
    expect(await stored(strange.id)).toMatchObject({ rateLimit: "often", version: 1 });
    const [event] = await installation.db.auditEvent.findMany({
      where: { subjectId: fast.id },
      orderBy: { seq: "desc" },
    });
    expect(event).toMatchObject({ action: "token.adjusted", detail: { after: rate(600) } });
    tier = { ...tier, version: 2 };
    expect(await preview(limited)).toMatchObject({ needsChoice: false, tokens: { affected: 0 } });
  });

  it("writes more than one chunk before the rules, and none twice", async () => {
    const [ada] = await team("crowd", 1);
    const ownerId = ada?.id ?? "";
    await seedTokens(installation.db, ownerId, 1_203, { secretBornAt: days(0) });
    const head = async () => (await installation.db.changeHead.findFirstOrThrow()).seq;
    const before = await head();
    expect(await save(read, leave)).toMatchObject({ ok: true });
    expect(await installation.db.token.count({ where: { ownerId, waiverUntil: days(10), version: 2 } })).toBe(1_203);
    expect(await installation.db.change.count({ where: { seq: { gt: before }, kind: "all" } })).toBe(0);
  }, 60_000);

  it("of two administrators lets one decide, and does to tokens only what that one chose", async () => {
    const [ada] = await team("two", 1);
    const { id } = await token(ada?.id ?? "");
    const both = await Promise.all([save(read, leave), save(read, { choice: "revoke", at: iso(3) })]);
    expect(both.filter((each) => each.ok)).toHaveLength(1);
    const { expiresAt } = await stored(id);
    expect(expiresAt).toEqual(both[0]?.ok ? days(80) : days(3));
  });
});

describe("deleting a delegation", () => {
  it("gives its tokens the waiver that is chosen then, and remembers its name", async () => {
    const { db } = installation;
    const delegation = await db.delegation.findFirstOrThrow({ where: { name: "Integrations" } });
    const bot = await db.user.create({
      data: { username: "bot", usernameKey: "bot", displayName: "bot", kind: "service" },
    });
    const issued = { grantBy: "delegation" as const, delegationId: delegation.id, delegationName: "Integrations" };
    const { id } = await token(bot.id, issued);
    const draft = draftInput.parse({ change: "delegation.delete", id: delegation.id });
    const seen = await previewChange(operator(), draft);
    const fingerprint = seen.ok ? seen.value.fingerprint : "";
    const input = { id: delegation.id, version: 1, affected: leave, fingerprint };
    expect(await execute(db, deleteDelegation, operator(), { ...input, affected: undefined }, NOW)).toMatchObject({
      ok: false,
    });
    expect(await execute(db, deleteDelegation, operator(), input, NOW)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ delegationName: "Integrations", waiverUntil: days(10) });
  });

  it("is refused for the last one that ends every token", async () => {
    const { db } = installation;
    await installation.person("root", ["admins"]);
    const { id, version } = await db.delegation.findFirstOrThrow({ where: { name: "Administrators" } });
    const gone = await execute(db, deleteDelegation, operator(), { id, version }, NOW);
    expect(gone).toMatchObject({ refusal: { code: "last_admin" } });
  });
});
