import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { revokeToken } from "./revoke";
import { rotateToken } from "./rotate";
import { suspendToken } from "./suspend";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const rotate = (id: string, more: object = {}, actor: Parameters<TokenWorld["run"]>[1] = world.ada, now = NOON) =>
  world.run(rotateToken, actor, { id, ...more }, now);
const stored = (id: string) => world.installation.db.token.findUniqueOrThrow({ where: { id } });
const iso = (at: number) => new Date(at).toISOString();
const setTier = (name: string, data: object) => world.installation.db.policy.updateMany({ where: { name }, data });

describe("rotating", () => {
  it("makes a successor with the same properties and a new secret, and leaves an overlap of a day", async () => {
    const old = await world.made({ description: "Nightly", contact: "ops", labels: ["x"], ipRanges: ["10.0.0.0/8"] });
    const rotated = await rotate(old.token.id, {}, world.ada, NOON + 10 * DAY);
    expect(rotated).toMatchObject({
      token: {
        ...{ name: "backup", description: "Nightly", contact: "ops", labels: ["x"], ipRanges: ["10.0.0.0/8"] },
        ...{
          applications: ["jira"],
          access: "write",
          grant: { by: "tier" },
          rotatedFrom: old.token.id,
          status: "active",
        },
        expiresAt: iso(NOON + 40 * DAY),
      },
    });
    expect(rotated).not.toMatchObject({ secret: old.secret });
    expect(await stored(old.token.id)).toMatchObject({
      supersededAt: new Date(NOON + 10 * DAY),
      overlapEndsAt: new Date(NOON + 11 * DAY),
      overlapUntilFirstUse: false,
      version: 2,
    });
  });

  it("ends the overlap no later than the old secret's own expiry", async () => {
    const { token } = await world.made({ expiresAt: iso(NOON + DAY) });
    await rotate(token.id, { overlap: "first-use" });
    expect(await stored(token.id)).toMatchObject({ overlapEndsAt: new Date(NOON + DAY), overlapUntilFirstUse: true });
  });

  it("is told to the log at both tokens, without the secret", async () => {
    const { token } = await world.made();
    const rotated = await rotate(token.id, { overlap: "15m" });
    const events = await world.installation.db.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 2 });
    expect(events.map(({ action }) => action)).toEqual(["token.created", "token.rotated"]);
    expect(events[1]).toMatchObject({
      subjectId: token.id,
      detail: { after: { overlap: "15m", overlapEndsAt: iso(NOON + 900_000) } },
    });
    expect(
      typeof rotated !== "string" && JSON.stringify(events.map(({ detail }) => detail)).includes(rotated.secret),
    ).toBe(false);
  });

  it("counts as one in the quota, so that somebody with a full quota can still rotate", async () => {
    const { person, viewer } = world.installation;
    await person("full", ["api-users"]);
    const full = await viewer("full");
    const last = await world.made({}, full);
    await world.fill("full", 24);
    expect(await rotate(last.token.id, {}, full)).toHaveProperty("secret");
    await expect(world.made({}, full)).rejects.toThrow("quota_exceeded");
  });

  it("is held to today's tier: a shorter term, and nothing without create", async () => {
    const { token } = await world.made({ expiresAt: iso(NOON + 60 * DAY) });
    const own = { maxLifetimeDays: 7, defaultLifetimeDays: 7 };
    const tier = await world.installation.db.policy.findFirstOrThrow({ where: { name: "API users" } });
    await setTier("API users", { own: { ...Object(tier.own), ...own } });
    const rotated = await rotate(token.id);
    expect(rotated).toMatchObject({ token: { expiresAt: iso(NOON + 7 * DAY) } });
    await setTier("API users", { create: "no" });
    expect(typeof rotated === "string" ? rotated : await rotate(rotated.token.id)).toBe("not_granted");
    await setTier("API users", { create: "yes", own: tier.own });
  });

  it("asks again for what a new token must say about itself", async () => {
    const { token } = await world.made();
    const tier = await world.installation.db.policy.findFirstOrThrow({ where: { name: "API users" } });
    await setTier("API users", { own: { ...Object(tier.own), requireRanges: true } });
    expect(await rotate(token.id)).toBe("limit_exceeded");
    await setTier("API users", { own: tier.own });
  });
});

describe("who rotates", () => {
  it("an own token: its owner, and the operator; nobody else, whatever their role", async () => {
    const { token } = await world.made();
    expect(await rotate(token.id, {}, world.bob)).toBe("not_found");
    expect(await rotate(token.id, {}, world.ann)).toBe("forbidden");
    expect(await rotate(token.id, {}, operator())).toMatchObject({
      token: { createdBy: expect.any(String), owner: { username: "ada" } },
    });
  });

  it("an issued token: under its own delegation, keeping its date", async () => {
    const { token } = await world.issued({ expiresAt: iso(NOON + 300 * DAY) });
    expect(await rotate(token.id, {}, world.ada)).toBe("not_granted"); // a maintainer, but the tier does not create
    const rotated = await rotate(token.id, {}, world.ann, NOON + 5 * 60_000);
    expect(rotated).toMatchObject({
      token: { expiresAt: iso(NOON + 300 * DAY), grant: { by: "delegation", name: "Integrations" } },
    });
  });

  it("an issued token whose delegation is gone: nobody", async () => {
    const { token } = await world.issued();
    const { db } = world.installation;
    await db.token.update({ where: { id: token.id }, data: { delegationId: "0190d4a5-0000-7000-8000-00000000000b" } });
    for (const actor of [world.ann, operator()]) expect(await rotate(token.id, {}, actor)).toBe("not_granted");
  });

  it("itself: a token only where its owner's tier says so, and never for longer", async () => {
    const { token } = await world.made({ applications: ["latchkey", "jira"] });
    const script = world.script(token.id, { expiresAt: NOON + 30 * DAY });
    expect(await rotate(token.id, {}, script)).toBe("not_granted");
    await setTier("API users", { selfRotate: true });
    const rotated = await rotate(token.id, {}, script, NOON + 20 * DAY);
    expect(rotated).toMatchObject({ token: { expiresAt: iso(NOON + 30 * DAY) } });
    // Its owner is told that it was not they.
    const old = await world.installation.db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(old.rotatedItselfAt).toEqual(new Date(NOON + 20 * DAY));
    // By this door, too, its new secret rests for a minute.
    if (typeof rotated === "string") throw new Error(rotated);
    const { id } = rotated.token;
    const next = world.script(id, { expiresAt: NOON + 30 * DAY });
    expect(await rotate(id, {}, next, NOON + 20 * DAY + 59_000)).toBe("too_many_requests");
    expect(await rotate(id, {}, next, NOON + 20 * DAY + 60_000)).toMatchObject({ token: { rotatedFrom: id } });
    await setTier("API users", { selfRotate: false });
  });
});

describe("races", () => {
  it("two rotations at once: one wins, the other is told that it came second", async () => {
    const { token } = await world.made();
    const outcomes = await Promise.all([rotate(token.id), rotate(token.id), rotate(token.id)]);
    expect(outcomes.filter((each) => typeof each !== "string")).toHaveLength(1);
    expect(outcomes.filter((each) => each === "stale")).toHaveLength(2);
    expect(await world.installation.db.token.count({ where: { rotatedFromId: token.id } })).toBe(1);
  });

  it("revoked while rotating: whoever comes first decides, and nothing of the pair is left", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { token } = await world.made();
      const [rotated, revoked] = await Promise.all([
        rotate(token.id),
        world.run(revokeToken, world.ada, { id: token.id }),
      ]);
      expect(revoked).toMatchObject({ status: "revoked" });
      expect(typeof rotated === "string" ? rotated : "rotated").toMatch(/^(ended|rotated)$/);
      const living = { revokedAt: null, OR: [{ id: token.id }, { rotatedFromId: token.id }] };
      expect(await world.installation.db.token.count({ where: living })).toBe(0);
    }
  });
});

describe("what cannot be rotated", () => {
  it("is what has ended, is suspended, or has been rotated already", async () => {
    const [ended, held, done] = [await world.made(), await world.made(), await world.made()];
    await world.run(revokeToken, world.ada, { id: ended.token.id });
    await world.run(suspendToken, world.ada, { id: held.token.id });
    await rotate(done.token.id);
    expect(await rotate(ended.token.id)).toBe("ended");
    expect(await rotate(held.token.id)).toBe("forbidden");
    expect(await rotate(done.token.id)).toBe("stale");
    expect(await rotate(done.token.id, { overlap: "2h" })).toBe("invalid_input");
    expect(await rotate("0190d4a5-0000-7000-8000-00000000000c")).toBe("not_found");
  });
});
