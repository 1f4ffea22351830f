import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, visitor } from "#lib/auth/actors";
import { readPerson } from "#lib/auth/person";
import { execute } from "#lib/commands/execute";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { signInExternally } from "./commands/sign-in-externally";

const NOW = Date.UTC(2026, 10, 22, 12);
const ISSUER = "https://login.example.com";
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
});
afterAll(() => installation.close());

const base = { issuer: ISSUER, displayName: "", email: null, groups: [], authenticatedAt: null };
const enter = (person: object) =>
  execute(installation.db, signInExternally, visitor("192.0.2.1", "test"), { ...base, ...person }, NOW);
const codeOf = (done: Awaited<ReturnType<typeof enter>>) => (done.ok ? "in" : done.refusal.code);
const personOf = async (userId: string) => {
  const person = await readPerson(installation.db, userId);
  if (person === null) throw new Error("gone");
  return person;
};

describe("somebody whom the identity provider vouches for", () => {
  it("gets an account the first time, and is the same the next, whatever they are called then", async () => {
    const first = await outputOf(enter({ subject: "s-1", username: "mara", displayName: "Mara" }));
    const second = await outputOf(enter({ subject: "s-1", username: "someone.else", displayName: "Mara Lind" }));
    expect(second.userId).toBe(first.userId);
    const user = await installation.db.user.findUniqueOrThrow({ where: { id: first.userId } });
    expect(user).toMatchObject({ username: "mara", displayName: "Mara Lind", source: ISSUER, externalId: "s-1" });
    expect(await installation.db.passwordCredential.count({ where: { userId: user.id } })).toBe(0);
  });

  it("is never taken for who is here already, by name or e-mail address, nor for the same subject elsewhere", async () => {
    await installation.person("local");
    expect(codeOf(await enter({ subject: "s-2", username: "LOCAL" }))).toBe("already_exists");
    const { userId } = await outputOf(enter({ subject: "s-3", username: "otto", email: "otto@example.com" }));
    expect(codeOf(await enter({ subject: "s-4", username: "otto2", email: "otto@example.com" }))).toBe(
      "already_exists",
    );
    const elsewhere = await enter({ issuer: "https://other.example", subject: "s-3", username: "otto3" });
    expect((await outputOf(Promise.resolve(elsewhere))).userId).not.toBe(userId);
  });

  it("is in the groups that it names today, and stays in the local ones", async () => {
    const { userId } = await outputOf(enter({ subject: "s-5", username: "gil", groups: ["dev", "ops"] }));
    const local = await installation.db.group.findFirstOrThrow({ where: { name: "api-users" } });
    await installation.db.membership.create({ data: { userId, groupId: local.id, addedBy: "test" } });
    await outputOf(enter({ subject: "s-5", username: "gil", groups: ["ops", "qa"] }));
    const groups = await installation.db.group.findMany({ where: { members: { some: { userId } } } });
    const refs = groups.map(({ source, name }) => `${source === ISSUER ? "idp" : source}:${name}`);
    expect(refs.sort()).toEqual(["idp:ops", "idp:qa", "local:api-users"]);
    const told = await installation.db.auditEvent.findMany({ where: { subjectKind: "group", subjectName: "dev" } });
    expect(told.map(({ action }) => action)).toEqual(["group.created", "group.members-added", "group.members-removed"]);
  });

  it("has the role that a group of the provider is mapped to; one called like a local one gives nothing", async () => {
    const admins = await outputOf(enter({ subject: "s-6", username: "amy", groups: ["admins"] }));
    expect(await personOf(admins.userId)).toMatchObject({ role: "user" });
    const group = await installation.db.group.findFirstOrThrow({ where: { source: ISSUER, externalId: "admins" } });
    await installation.db.roleMapping.create({ data: { groupId: group.id, role: "admin", mappedBy: "test" } });
    await outputOf(enter({ subject: "s-6", username: "amy", groups: ["admins"] }));
    expect(await personOf(admins.userId)).toMatchObject({ role: "admin" });
  });

  it("stays the last administrator: without the group they do not come in, and nothing has changed", async () => {
    const amy = { subject: "s-6", username: "amy" };
    expect(codeOf(await enter({ ...amy, groups: [] }))).toBe("last_admin");
    const { userId } = await outputOf(enter({ ...amy, groups: ["admins"] }));
    expect(await personOf(userId)).toMatchObject({ role: "admin" });
    await outputOf(enter({ subject: "s-7", username: "bea", groups: ["admins"] }));
    expect(codeOf(await enter({ ...amy, groups: [] }))).toBe("in");
    expect(await personOf(userId)).toMatchObject({ role: "user" });
  });

  it("has proved a second factor there, and presence when it was said and not in a time to come", async () => {
    const session = async (authenticatedAt: number | null) => {
      const done = await outputOf(enter({ subject: "s-8", username: "pia", authenticatedAt }));
      return installation.db.session.findUniqueOrThrow({ where: { id: done.sessionId } });
    };
    expect(await session(NOW - 5_000)).toMatchObject({
      secondFactorAt: new Date(NOW),
      stepUpAt: new Date(NOW - 5_000),
    });
    expect(await session(null)).toMatchObject({ stepUpAt: null });
    expect(await session(NOW + 3600_000)).toMatchObject({ stepUpAt: null });
  });

  it("does not come in when deactivated here, whatever the provider says", async () => {
    const { userId } = await outputOf(enter({ subject: "s-9", username: "zoe" }));
    await outputOf(execute(installation.db, deactivateUser, operator(), { id: userId }, NOW));
    expect(codeOf(await enter({ subject: "s-9", username: "zoe" }))).toBe("unauthenticated");
    expect(await installation.db.session.count({ where: { userId, endedAt: null } })).toBe(0);
  });

  it("is made once, though they come twice at the same time", async () => {
    const twice = await Promise.all(
      [1, 2].map(() => enter({ subject: "s-10", username: "twin", groups: ["new-team"] })),
    );
    expect(twice.filter((done) => done.ok).length).toBeGreaterThanOrEqual(1);
    expect(await installation.db.user.count({ where: { externalId: "s-10" } })).toBe(1);
  });
});
