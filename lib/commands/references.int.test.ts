import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockAdministration } from "#lib/access/store";
import { delegatedScope, usersIn } from "#lib/delegations/store";
import { readPolicies } from "#lib/policies/store";
import { claimNames } from "#lib/users/store-names";
import { createInstallation, type TestInstallation } from "#test/installation";
import { findApplications, findGroups, findLocalGroups, findUsers, unknownInLimits } from "./references";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation();
  const { db, person } = installation;
  await db.group.create({ data: { source: "ldap", externalId: "cn=ops:1", name: "Operations" } });
  await db.network.create({ data: { name: "office", ranges: ["192.0.2.0/24"] } });
  await person("Ada", ["admins"]);
  const bea = await person("bea", ["admins", "api-users"]);
  await db.passwordCredential.create({ data: { userId: bea.id, hash: "-" } });
  await db.userAlias.create({ data: { key: "b@example.com", alias: "B@example.com", userId: bea.id } });
});
afterAll(() => installation.close());

const pathsOf = (result: { ok: true } | { ok: false; refusal: { errors: readonly { path: string }[] } }) =>
  result.ok ? [] : result.refusal.errors.map((error) => error.path);

describe("names of groups", () => {
  it("stand for local and delivered groups by ref, each once, with the role they are mapped to", async () => {
    const found = await findGroups(installation.db, ["ldap:cn=ops:1", "admins", "admins"], "groups");
    const shown = found.ok ? found.value.map(({ ref, role }) => [ref, role]).toSorted() : [];
    expect(shown).toEqual([
      ["admins", "admin"],
      ["ldap:cn=ops:1", "user"],
    ]);
    expect(await findGroups(installation.db, [], "groups")).toEqual({ ok: true, value: [] });
  });

  it("that stand for nothing are errors, each at its place", async () => {
    const refs = ["Admins", "admins", "ldap:admins", "cn=ops:1"];
    expect(pathsOf(await findGroups(installation.db, refs, "x.groups"))).toEqual([
      "x.groups.0",
      "x.groups.2",
      "x.groups.3",
    ]);
  });

  it("of a directory are no groups to be put into by hand", async () => {
    expect(pathsOf(await findLocalGroups(installation.db, ["admins", "ldap:cn=ops:1"], "groups"))).toEqual([
      "groups.1",
    ]);
    expect(await findLocalGroups(installation.db, ["admins"], "groups")).toMatchObject({ ok: true });
  });
});

describe("names of users", () => {
  it("are found whatever their case, and each once", async () => {
    const found = await findUsers(installation.db, ["ADA", "ada", "bea"], "users");
    expect(found.ok && found.value.map((user) => user.username).toSorted()).toEqual(["Ada", "bea"]);
    expect(pathsOf(await findUsers(installation.db, ["cyd", "bea", "b@example.com"], "users"))).toEqual([
      "users.0",
      "users.2",
    ]);
  });

  it("are given to one person at a time, aliases included", async () => {
    const { db } = installation;
    const claim = (name: string, ...others: string[]) =>
      db.$transaction((tx) =>
        claimNames(
          tx,
          { name, path: "username" },
          others.map((other, i) => ({ name: other, path: `aliases.${i}` })),
          null,
        ),
      );
    expect(await claim("dan", "D@example.com", "d@EXAMPLE.com", "DAN")).toEqual({
      ok: true,
      value: [{ key: "d@example.com", alias: "d@EXAMPLE.com" }],
    });
    expect(pathsOf(await claim("BEA"))).toEqual(["username"]);
    expect(pathsOf(await claim("B@example.com"))).toEqual(["username"]);
    expect(pathsOf(await claim("eve", "ada", "b@example.com", "free"))).toEqual(["aliases.0", "aliases.1"]);
  });
});

describe("what limits name", () => {
  it("are applications and networks that exist", async () => {
    const { db } = installation;
    const limits = { applications: ["latchkey", "jira"], ranges: ["office", "10.0.0.0/8", "lab", "::1"] };
    const errors = await unknownInLimits(db, limits, "own");
    expect(errors.map((error) => error.path)).toEqual(["own.applications.1", "own.ranges.2"]);
    expect(await unknownInLimits(db, { applications: "all" }, "own")).toEqual([]);
    expect(await unknownInLimits(db, null, "ceiling")).toEqual([]);
    expect(await unknownInLimits(db, {}, "ceiling")).toEqual([]);
  });

  it("says of an application where its key stands", async () => {
    const found = await findApplications(installation.db, ["latchkey", "x"], (key, i) => `${i}.${key}`);
    expect(pathsOf(found)).toEqual(["1.x"]);
  });
});

describe("who administers", () => {
  it("are active persons in groups of that role, with what else decides", async () => {
    const { db } = installation;
    const state = await db.$transaction((tx) => lockAdministration(tx));
    expect(state.administrators.map((each) => each.canSignIn).toSorted()).toEqual([false, true]);
    expect(state.administrators.map((each) => each.groupIds.length).toSorted()).toEqual([1, 2]);
    expect(state.policies.map((policy) => policy.priority)).toEqual([1000, 100, 50]);
    const service = { kind: "service" as const, username: "bot", usernameKey: "bot", displayName: "bot" };
    const { id: groupId } = await db.group.findFirstOrThrow({ where: { name: "admins" } });
    await db.user.create({ data: { ...service, memberships: { create: { groupId, addedBy: "test" } } } });
    const again = await db.$transaction((tx) => lockAdministration(tx));
    expect(again.administrators).toHaveLength(2);
  });

  it("is read by one transaction at a time", async () => {
    const { db } = installation;
    const order: string[] = [];
    await db
      .$transaction(async (tx) => {
        await lockAdministration(tx);
        const other = db.$transaction(async (second) => {
          await lockAdministration(second);
          order.push("second");
        });
        await tx.$queryRaw`SELECT pg_sleep(0.2)::text`;
        order.push("first");
        return { other };
      })
      .then(({ other }) => other);
    expect(order).toEqual(["first", "second"]);
  });
});

describe("the scope of a delegate", () => {
  it("is all their delegations together; nobody's without one", async () => {
    const { db, person, viewer } = installation;
    const [leads, team] = await Promise.all(
      ["leads", "team"].map((name) => db.group.create({ data: { name, externalId: name } })),
    );
    await person("lea", ["leads"]);
    await person("tim", ["team"]);
    const lea = await viewer("lea");
    expect(await delegatedScope(db, lea)).toBeNull();
    const give = (name: string, scope: object) =>
      db.delegation.create({
        data: {
          name,
          nameKey: name,
          powers: [],
          issue: {},
          ...scope,
          delegates: { create: { groupId: leads?.id ?? "" } },
        },
      });
    await give("one", { scopeGroups: { create: { groupId: team?.id ?? "" } } });
    const scope = await delegatedScope(db, lea);
    expect(scope).toMatchObject({ everyone: false, serviceAccounts: false, groupIds: [team?.id] });
    const seen = async (of: NonNullable<typeof scope>) =>
      (await db.user.findMany({ where: usersIn(of), orderBy: { username: "asc" } })).map((user) => user.username);
    expect(scope && (await seen(scope))).toEqual(["tim"]);
    await give("two", { scopeServiceAccounts: true });
    const more = await delegatedScope(db, lea);
    expect(more && (await seen(more))).toEqual(["bot", "tim"]);
    await give("three", { scopeEveryone: true });
    const most = await delegatedScope(db, lea);
    expect(most && (await seen(most))).toEqual(["Ada", "bea", "bot", "lea", "tim"]);
    expect(most?.delegationIds).toHaveLength(3);
  });
});

describe("policies as rules read them", () => {
  it("come with their groups by id and their limits as they were written", async () => {
    const [first] = await readPolicies(installation.db);
    const admins = await installation.db.group.findFirstOrThrow({ where: { name: "admins" } });
    expect(first).toMatchObject({
      name: "Administrators",
      members: { everyone: false, groupIds: [admins.id], serviceAccounts: false },
      use: true,
      create: "yes",
      own: { maxLifetimeDays: 365, applications: "all", approval: "never" },
      ceiling: null,
    });
  });
});
