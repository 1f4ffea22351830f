import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { createPolicy } from "#lib/policies/commands/create";
import { createUser } from "#lib/users/commands/create";
import { createAdmin } from "#lib/users/commands/create-admin";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { reactivateUser } from "#lib/users/commands/reactivate";
import { createInstallation, type TestInstallation } from "#test/installation";
import { lockAdministration } from "./store";

const NOW = Date.UTC(2026, 10, 22, 12);
const PASSWORD = "a long sentence for testing 42";
let installation: TestInstallation;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  const made = await Promise.all(
    ["ann", "bo", "lea", "uma"].map((name) =>
      installation.person(name, name === "ann" || name === "bo" ? ["admins"] : []),
    ),
  );
  ids = Object.fromEntries(made.map(({ id, username }) => [username, id]));
});
beforeEach(() => installation.db.user.updateMany({ data: { deactivatedAt: null } }));
afterAll(() => installation.close());

const idOf = (name: string) => ids[name] ?? "";
const deactivate = (name: string, actor: Actor = operator()) =>
  execute(installation.db, deactivateUser, actor, { id: idOf(name) }, NOW);
const codesOf = (all: readonly Awaited<ReturnType<typeof deactivate>>[]) =>
  all.map((done) => (done.ok ? "done" : done.refusal.code)).sort();
const setupClosed = async () =>
  (await installation.db.setup.findUniqueOrThrow({ where: { id: 1 } })).completedAt !== null;

describe("of the administrators one stays", () => {
  it("though two deactivate each other at the same moment, again and again", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, bo] = await Promise.all([installation.viewer("ann"), installation.viewer("bo")]);
      const both = await Promise.all([deactivate("bo", ann), deactivate("ann", bo)]);
      expect(codesOf(both)).toEqual(["done", "last_admin"]);
      expect(
        await installation.db.user.count({ where: { username: { in: ["ann", "bo"] }, deactivatedAt: null } }),
      ).toBe(1);
      await installation.db.user.updateMany({ data: { deactivatedAt: null } });
    }
  });

  it("though one is deactivated while the other leaves the group", async () => {
    const { db } = installation;
    const group = await db.group.findFirstOrThrow({ where: { name: "admins" } });
    const leave = () => execute(db, removeMembers, operator(), { id: group.id, users: ["bo"] }, NOW);
    const both = await Promise.all([deactivate("ann"), leave()]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "last_admin"]);
    await db.membership.createMany({
      data: [{ groupId: group.id, userId: idOf("bo"), addedBy: "test" }],
      skipDuplicates: true,
    });
  });

  it("and a refusal leaves everything as it was", async () => {
    await deactivate("bo");
    const events = await installation.db.auditEvent.count();
    expect(await deactivate("ann")).toMatchObject({ refusal: { code: "last_admin" } });
    expect(await installation.db.user.findUnique({ where: { id: idOf("ann") } })).toMatchObject({
      deactivatedAt: null,
    });
    expect(await installation.db.auditEvent.count()).toBe(events);
  });

  it("whom no tier may lock out", async () => {
    const policy = {
      name: "Frozen",
      priority: 5000,
      members: { groups: ["admins"] },
      use: false,
      create: "no",
      own: null,
    };
    const done = await execute(installation.db, createPolicy, operator(), policy, NOW);
    expect(done).toMatchObject({ refusal: { code: "last_admin" } });
    expect(await installation.db.policy.count({ where: { name: "Frozen" } })).toBe(0);
  });
});

describe("somebody can always end every token", () => {
  it("so the last who holds that delegation stays, in the group and active", async () => {
    const { db } = installation;
    const leads = await db.group.create({ data: { name: "leads", externalId: "leads" } });
    await db.membership.create({ data: { groupId: leads.id, userId: idOf("lea"), addedBy: "test" } });
    const all = await db.delegation.findFirstOrThrow({ where: { name: "Administrators" } });
    await db.delegationDelegate.updateMany({ where: { delegationId: all.id }, data: { groupId: leads.id } });
    const detail = expect.stringContaining("end every token");
    expect(await deactivate("lea")).toMatchObject({ refusal: { code: "last_admin", detail } });
    const leave = await execute(db, removeMembers, operator(), { id: leads.id, users: ["lea"] }, NOW);
    expect(leave).toMatchObject({ refusal: { code: "last_admin", detail } });
    await db.membership.create({ data: { groupId: leads.id, userId: idOf("uma"), addedBy: "test" } });
    expect(await deactivate("lea")).toMatchObject({ ok: true });
  });
});

describe("the lock on who administers", () => {
  it("keeps nobody waiting who may not do it anyway", async () => {
    await installation.person("zed");
    const zed = await installation.viewer("zed");
    await installation.db.$transaction(async (tx) => {
      await lockAdministration(tx);
      expect(await deactivate("ann", zed)).toMatchObject({ refusal: { code: "not_found" } });
    });
  });
});

describe("the set-up", () => {
  const closes = async (change: () => Promise<{ ok: boolean }>) => {
    await installation.db.setup.updateMany({ data: { completedAt: null } });
    expect(await change()).toMatchObject({ ok: true });
    return setupClosed();
  };
  const create = (input: object) => execute(installation.db, createUser, operator(), { kind: "person", ...input }, NOW);

  it("is closed by the first administrator who can sign in, and by nobody else", async () => {
    expect(await closes(() => create({ username: "pia", password: PASSWORD }))).toBe(false);
    expect(await closes(() => create({ username: "mute", groups: ["admins"] }))).toBe(false);
    expect(await closes(() => create({ username: "kim", password: PASSWORD, groups: ["admins"] }))).toBe(true);
  });

  it("is closed by one who comes back", async () => {
    const { db } = installation;
    const { id } = await db.user.findFirstOrThrow({ where: { username: "kim" } });
    await db.user.update({ where: { id }, data: { deactivatedAt: new Date(NOW) } });
    expect(await closes(() => execute(db, reactivateUser, operator(), { id }, NOW))).toBe(true);
  });
});

describe("a new administrator", () => {
  it("is never named like somebody's alias, nor their e-mail like somebody's name", async () => {
    const { db } = installation;
    await db.userAlias.create({ data: { key: "boss", alias: "Boss", userId: idOf("uma") } });
    const create = (input: object) => execute(db, createAdmin, operator(), { password: PASSWORD, ...input }, NOW);
    const taken = (path: string) => ({ refusal: { code: "already_exists", errors: [{ path }] } });
    expect(await create({ username: "BOSS" })).toMatchObject(taken("username"));
    await installation.person("who@example.com");
    expect(await create({ username: "new", email: "Who@Example.com" })).toMatchObject(taken("email"));
    expect(await db.user.count({ where: { usernameKey: { in: ["boss", "new"] } } })).toBe(0);
  });
});
