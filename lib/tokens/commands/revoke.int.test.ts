import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { revokeToken } from "./revoke";
import { rotateToken } from "./rotate";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const revoke = (id: string, more: object = {}, actor: Parameters<TokenWorld["run"]>[1] = world.ada, now = NOON) =>
  world.run(revokeToken, actor, { id, ...more }, now);
const revokedAt = async (id: string) =>
  (await world.installation.db.token.findUniqueOrThrow({ where: { id } })).revokedAt;

/** A token and its successor, an hour of overlap between them. */
async function pair() {
  const old = await world.made();
  const next = await world.run(rotateToken, world.ada, { id: old.token.id, overlap: "1h" });
  if (typeof next === "string") throw new Error(next);
  return { old: old.token.id, next: next.token.id };
}

describe("revoking", () => {
  it("is final, has a reason, and says by whom", async () => {
    const { token } = await world.made();
    expect(await revoke(token.id, { reason: "key_compromise", note: "seen in a gist" })).toMatchObject({
      status: "revoked",
      revocation: { at: new Date(NOON).toISOString(), by: "ada", reason: "key_compromise", note: "seen in a gist" },
      version: 2,
    });
    const event = await world.installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "token.revoked", subjectId: token.id, detail: { after: { owner: "ada" } } });
  });

  it("has `no_longer_needed` as preset, and only reasons of the catalogue", async () => {
    const { token } = await world.made();
    expect(await revoke(token.id, { reason: "because" })).toBe("invalid_input");
    expect(await revoke(token.id, { note: "x".repeat(501) })).toBe("invalid_input");
    expect(await revoke(token.id)).toMatchObject({ revocation: { reason: "no_longer_needed", note: null } });
  });

  it("again changes nothing and is no error: the first reason stays, and the log has one entry", async () => {
    const { token } = await world.made();
    await revoke(token.id, { reason: "unused" });
    const { db } = world.installation;
    const before = await db.auditEvent.count();
    const again = await execute(db, revokeToken, world.ada, { id: token.id, reason: "policy" }, NOON + DAY);
    expect(again).toMatchObject({
      ok: true,
      value: { repeated: true, enforcement: null, output: { revocation: { reason: "unused" } } },
    });
    expect(await db.auditEvent.count()).toBe(before);
  });

  it("moves the head, so that verifiers learn of it, and says where it holds", async () => {
    const { token } = await world.made();
    const done = await execute(world.installation.db, revokeToken, world.ada, { id: token.id }, NOON);
    expect(done).toMatchObject({ ok: true, value: { repeated: false, enforcement: { outstanding: [] } } });
  });

  it("at once by many: one entry in the log, and everybody is told that it is revoked", async () => {
    const { token } = await world.made();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => revoke(token.id)));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: "revoked" });
    const { db } = world.installation;
    expect(await db.auditEvent.count({ where: { action: "token.revoked", subjectId: token.id } })).toBe(1);
  });

  it("an expired token is possible: what was compromised may be said afterwards", async () => {
    const { token } = await world.made();
    expect(await revoke(token.id, { reason: "key_compromise" }, world.ada, NOON + 31 * DAY)).toMatchObject({
      status: "revoked",
    });
  });
});

describe("one of a rotating pair", () => {
  it("takes the other along, from either side", async () => {
    const [first, second] = [await pair(), await pair()];
    await revoke(first.old);
    await revoke(second.next);
    for (const id of [first.old, first.next, second.old, second.next])
      expect(await revokedAt(id)).toEqual(new Date(NOON));
  });

  it("may be meant alone", async () => {
    const { old, next } = await pair();
    await revoke(old, { only: true });
    expect([await revokedAt(old), await revokedAt(next)]).toEqual([new Date(NOON), null]);
  });

  it("leaves the successor alone once the overlap is over: the old one has ended already", async () => {
    const { old, next } = await pair();
    expect(await revoke(old, {}, world.ada, NOON + 3_600_000)).toMatchObject({ status: "revoked", revocation: null });
    expect(await revokedAt(next)).toBeNull();
  });

  it("takes along every secret of a longer chain that still works", async () => {
    const { old, next } = await pair();
    const last = await world.run(rotateToken, world.ada, { id: next, overlap: "1h" });
    if (typeof last === "string") throw new Error(last);
    // As rotations left them before only a pair worked.
    const overlapEndsAt = new Date(NOON + 3_600_000);
    await world.installation.db.token.update({ where: { id: old }, data: { overlapEndsAt } });
    await revoke(next);
    for (const id of [old, next, last.token.id]) expect(await revokedAt(id)).toEqual(new Date(NOON));
  });
});

describe("a rotation under way", () => {
  /** Resolves when somebody in this database waits for a lock. */
  async function somebodyWaits() {
    const { db } = world.installation;
    const waiting = () =>
      db.$queryRaw<
        unknown[]
      >`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await waiting()).length === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  it("does not save its new secret: who revokes the chain waits, and takes that along too", async () => {
    const { old, next } = await pair();
    const { db } = world.installation;
    const row = { ownerId: world.ada.userId, name: "slipped", createdBy: "ada", grantBy: "tier" as const };
    const secret = { digest: new Uint8Array(32).fill(7), secretBornAt: new Date(NOON) };
    let revoking: Promise<unknown> = Promise.resolve();
    const late = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT id FROM tokens WHERE id = ${next}::uuid FOR UPDATE`;
      const reach = { access: "read" as const, applications: ["jira"] };
      const { id } = await tx.token.create({ data: { ...row, ...secret, ...reach, rotatedFromId: next } });
      revoking = revoke(old);
      await somebodyWaits();
      return id;
    });
    expect(await revoking).toMatchObject({ status: "revoked" });
    for (const id of [old, next, late]) expect(await revokedAt(id)).toEqual(new Date(NOON));
  });
});

describe("who revokes", () => {
  it("owners always, even without a tier; others by a delegation with `end`, and the operator", async () => {
    const { db } = world.installation;
    const [one, two, three] = [await world.made(), await world.made(), await world.made()];
    expect(await revoke(one.token.id, {}, world.bob)).toBe("not_found");
    expect(await revoke(one.token.id, {}, world.ann)).toMatchObject({ revocation: { by: "ann" } });
    expect(await revoke(two.token.id, {}, operator())).toMatchObject({ status: "revoked" });
    const tier = await db.policy.findFirstOrThrow({ where: { name: "API users" } });
    await db.policy.update({ where: { id: tier.id }, data: { use: false, create: "no" } });
    expect(await revoke(three.token.id)).toMatchObject({ status: "revoked" });
    await db.policy.update({ where: { id: tier.id }, data: { use: true, create: "yes" } });
  });

  it("of a role alone follows nothing: an admin without a delegation ends nobody's token", async () => {
    const { db } = world.installation;
    const { token } = await world.made();
    const delegates = await db.delegationDelegate.findMany();
    await db.delegationDelegate.deleteMany({});
    expect(await revoke(token.id, {}, world.ann)).toBe("forbidden");
    await db.delegationDelegate.createMany({ data: delegates });
  });

  it("maintainers end the tokens of their service account", async () => {
    const { token } = await world.issued();
    expect(await revoke(token.id, {}, world.ada)).toMatchObject({ status: "revoked", owner: { username: "bot" } });
  });
});
