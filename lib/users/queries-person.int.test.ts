import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { userHistory } from "#lib/audit/queries-history";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createDelegation } from "#lib/delegations/commands/create";
import { findGroup, pageOfGroups } from "#lib/groups/queries-group";
import { listMembers, membersQuery } from "#lib/groups/queries-members";
import { sessionsOf } from "#lib/sessions/queries-of";
import { type Cast, castOf } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createUser } from "./commands/create";
import { deactivateUser } from "./commands/deactivate";
import { listUsers, usersQuery } from "./queries";
import { pageOfUsers } from "./queries-page";
import { findPerson } from "./queries-person";
import { whatStops } from "./queries-stopping";

const NOW = Date.now();
const HOUR = 3600_000;
const ISSUE = { maxLifetimeDays: 30, access: "read", applications: "all", maxActive: null };
let installation: TestInstallation;
let cast: Cast;
let lead: Viewer;
let tia: string;
let bot: string;
const idOf = async (username: string) => (await installation.db.user.findFirstOrThrow({ where: { username } })).id;

beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  const { db, person, viewer } = installation;
  for (const name of ["leads", "team"]) await db.group.create({ data: { name, externalId: name } });
  await person("lea", ["leads"]);
  tia = (await person("tia", ["team", "api-users"])).id;
  const run = (input: object) =>
    execute(db, createDelegation, operator(), { powers: ["end"], issue: ISSUE, ...input }, NOW);
  await run({ name: "Team", delegates: ["leads"], scope: { groups: ["team"] } });
  const robot = { kind: "service", username: "bot", maintainers: { users: ["tia"] } };
  await execute(db, createUser, operator(), robot, NOW);
  bot = await idOf("bot");
  lead = await viewer("lea");
  await viewer("tia");
  const token = {
    ownerId: tia,
    createdBy: "tia",
    grantBy: "tier",
    access: "read",
    secretBornAt: new Date(NOW),
  } as const;
  const digest = (byte: number) => ({ digest: new Uint8Array(32).fill(byte), hint: "lk_abc…wxyz" });
  const { id } = await db.token.create({ data: { ...token, ...digest(1), name: "works" } });
  await db.token.create({ data: { ...token, ...digest(2), name: "over", expiresAt: new Date(NOW - HOUR) } });
  await db.token.create({
    data: { ...token, ...digest(3), name: "held", suspendedAt: new Date(NOW), suspendedBy: "tia" },
  });
  const used = { lastUsedAt: new Date(NOW - HOUR) };
  await db.tokenUsage.upsert({ where: { tokenId: id }, create: { tokenId: id, ...used }, update: used });
  const hours = [1, 48, 24 * 40].map((ago) => ({ tokenId: id, hour: new Date(NOW - ago * HOUR), allowed: 5n }));
  await db.tokenUsageHour.createMany({ data: hours });
});
afterAll(() => installation.close());

describe("one person's page", () => {
  it("says where role, tier, memberships and power come from", async () => {
    expect(await findPerson(cast.auditor, tia)).toMatchObject({
      user: { username: "tia", tier: "API users" },
      memberships: [
        { ref: "api-users", source: "local", addedBy: "test" },
        { ref: "team", role: null },
      ],
      tiers: [{ name: "API users", by: "group", group: "api-users" }],
      held: [],
      over: [{ name: "Administrators" }, { name: "Team", groups: ["leads"] }],
      maintained: [{ username: "bot" }],
      orphaned: false,
    });
    expect(await findPerson(cast.admin, await idOf("ann"))).toMatchObject({
      user: { role: "admin" },
      held: [{ name: "Administrators", groups: ["admins"] }, { name: "Integrations" }],
    });
  });

  it("is for administrators and auditors: with it go sessions, history and what a group is for", async () => {
    const team = await installation.db.group.findFirstOrThrow({ where: { name: "team" } });
    for (const viewer of [lead, cast.user]) {
      expect(await findPerson(viewer, tia)).toBeNull();
      expect(await sessionsOf(viewer, tia)).toEqual([]);
      expect(await userHistory(viewer, tia)).toEqual([]);
      expect(await findGroup(viewer, team.id)).toBeNull();
    }
    expect(await sessionsOf(cast.auditor, tia)).toHaveLength(1);
    expect(await findPerson(cast.admin, "tia")).toBeNull();
  });

  it("tells what they did and what was done about them, the latest first", async () => {
    const history = await userHistory(cast.admin, bot);
    expect(history.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/created the service account bot/)]);
  });
});

describe("what deactivating would stop", () => {
  it("is said before: working tokens, their use, sessions, and accounts left without anybody", async () => {
    expect(await whatStops(cast.auditor, tia)).toEqual({
      ok: true,
      value: {
        ...{ tokens: 1, calls24h: 5, calls30d: 10, sessions: 1, unmaintained: ["bot"] },
        lastUsedAt: new Date(NOW - HOUR).toISOString(),
      },
    });
  });

  it("is not for delegates, and who sees nobody finds nobody", async () => {
    expect(await whatStops(lead, tia)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await whatStops(lead, bot)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await whatStops(cast.user, tia)).toMatchObject({ refusal: { code: "not_found" } });
  });
});

describe("a list of users", () => {
  const names = async (query: object, viewer: Viewer = cast.admin) => {
    const found = await listUsers(viewer, usersQuery.parse(query));
    return found.ok ? found.value.items.map(({ username }) => username) : found.refusal.code;
  };

  it("narrows by kind, role and group, names together and names repeated", async () => {
    expect(await names({ kind: "service" })).toEqual(["bot"]);
    expect(await names({ role: "admin" })).toEqual(["ann"]);
    expect(await names({ role: ["admin", "auditor"] })).toEqual(["ann", "otto"]);
    expect(await names({ role: "user", kind: "person" })).toEqual(["lea", "tia", "uma"]);
    expect(await names({ group: ["team", "leads"] })).toEqual(["lea", "tia"]);
    expect(await names({ group: ["ldap:team"] })).toEqual([]);
    for (const wrong of [{ role: "root" }, { kind: "robot" }, { maintainer: "tia" }, { owner: "tia" }]) {
      expect(usersQuery.safeParse(wrong).success).toBe(false);
    }
  });

  it("shows a delegate nobody outside their scope, by whatever filter", async () => {
    for (const query of [{}, { role: "user" }, { group: "leads" }, { kind: "person" }, { sort: "-lastSignInAt" }]) {
      const seen = await names(query, lead);
      expect(Array.isArray(seen) ? seen.filter((name) => name !== "tia") : seen).toEqual([]);
    }
    expect(await names({ maintainer: "none" }, cast.user)).toBe("forbidden");
  });

  it("finds service accounts that nobody active maintains, as soon as the last one leaves", async () => {
    expect(await names({ maintainer: "none" })).toEqual([]);
    await execute(installation.db, deactivateUser, operator(), { id: tia }, NOW);
    expect(await names({ maintainer: "none" })).toEqual(["bot"]);
    expect(await findPerson(cast.admin, bot)).toMatchObject({ orphaned: true });
    expect(await names({ status: "deactivated" })).toEqual(["tia"]);
    await installation.db.user.update({ where: { id: tia }, data: { deactivatedAt: null } });
  });

  it("of a page counts the tokens that have not ended, and forgives an address that makes no sense", async () => {
    const page = await pageOfUsers(cast.admin, { q: "tia", role: "nonsense", cursor: "x" });
    expect(page.items.find(({ user }) => user.username === "tia")?.tokens).toBe(2);
    expect((await pageOfUsers(cast.user, {})).items).toEqual([]);
  });
});

describe("the members of a group", () => {
  it("are for who sees the group; others do not find it", async () => {
    const group = async (name: string) => (await installation.db.group.findFirstOrThrow({ where: { name } })).id;
    const members = async (viewer: Viewer, name: string) => {
      const found = await listMembers(viewer, await group(name), membersQuery.parse({}));
      return found.ok ? found.value.items : found.refusal.code;
    };
    expect(await members(lead, "team")).toMatchObject([{ username: "tia", addedBy: "test" }]);
    expect(await members(lead, "admins")).toBe("not_found");
    expect(await members(cast.user, "team")).toBe("not_found");
    expect(await members(cast.auditor, "admins")).toMatchObject([{ username: "ann" }]);
  });

  it("of a group that gives much are counted by what else makes them something", async () => {
    const { id } = await installation.db.group.findFirstOrThrow({ where: { name: "admins" } });
    await installation.person("omni", ["admins", "auditors"]);
    expect(await findGroup(cast.admin, id)).toMatchObject({
      group: { ref: "admins", role: "admin" },
      uses: { role: "admin", policies: ["Administrators"], delegations: ["Administrators", "Integrations"] },
      membersByRole: { user: 1, auditor: 1, admin: 0 },
    });
    const listed = (await pageOfGroups(cast.auditor, {})).items.find(({ group }) => group.ref === "team");
    expect(listed).toMatchObject({ scopes: 1, tiers: [], group: { memberCount: 1 } });
    expect((await pageOfGroups(cast.user, {})).items).toEqual([]);
  });
});
