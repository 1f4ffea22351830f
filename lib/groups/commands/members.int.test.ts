import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { addMembers } from "./add-members";
import { createGroup } from "./create";
import { removeMembers } from "./remove-members";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (input: unknown) => execute(installation.db, createGroup, operator(), input, NOW);
const groupId = async (name: string) =>
  (await installation.db.group.findFirstOrThrow({ where: { name }, select: { id: true } })).id;
const add = async (name: string, users: string[], actor: Actor = operator()) =>
  execute(installation.db, addMembers, actor, { id: await groupId(name), users }, NOW);
const remove = async (name: string, users: string[], actor: Actor = operator()) =>
  execute(installation.db, removeMembers, actor, { id: await groupId(name), users }, NOW);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

const MEMBERS = { ...ADMINS_ONLY, user: "not_found" };

describe("making a group", () => {
  it("is for administrators", async () => {
    expect(await verdicts(installation, createGroup, cast, (who) => ({ name: `of ${who}` }), NOW)).toEqual(ADMINS_ONLY);
  });

  it("wants a person in a session to be present", async () => {
    const late = await execute(
      installation.db,
      createGroup,
      cast.admin,
      { name: "late", role: "admin" },
      NOW + 600_000,
    );
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("answers with the group, empty, without a role unless one is said", async () => {
    expect(await create({ name: "developers" })).toMatchObject({
      value: {
        output: { ref: "developers", name: "developers", source: "local", role: null, memberCount: 0, version: 1 },
      },
    });
    expect(await create({ name: "revisors", role: "auditor" })).toMatchObject({
      value: { output: { role: "auditor" } },
    });
    expect(await lastEvent()).toMatchObject({
      action: "group.created",
      subjectName: "revisors",
      detail: { before: null, after: { role: "auditor" } },
    });
  });

  it("refuses a taken name, also to one of two at once, and a name like a directory's", async () => {
    const both = await Promise.all([create({ name: "same" }), create({ name: "same" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
    expect(await create({ name: "ldap:admins" })).toMatchObject({ refusal: { errors: [{ path: "name" }] } });
    expect(await create({ name: "x", role: "user" })).toMatchObject({ refusal: { errors: [{ path: "role" }] } });
  });
});

describe("adding members", () => {
  it("is for administrators; who sees no groups does not find them", async () => {
    const said = await verdicts(
      installation,
      addMembers,
      cast,
      async (who) => ({
        id: await groupId("api-users"),
        users: [(await installation.person(`joins by ${who}`)).username],
      }),
      NOW,
    );
    expect(said).toEqual(MEMBERS);
  });

  it("wants a person in a session to be present: members get the group's power", async () => {
    await installation.person("late");
    const input = { id: await groupId("admins"), users: ["late"] };
    const late = await execute(installation.db, addMembers, cast.admin, input, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
    expect(await installation.db.membership.count({ where: { user: { username: "late" } } })).toBe(0);
  });

  it("says who came, and counts only who was not there", async () => {
    await installation.person("bea");
    await installation.person("cyr");
    await add("developers", ["bea"]);
    const done = await add("developers", ["BEA", "cyr", "Cyr"]);
    expect(done).toMatchObject({ value: { repeated: false, output: { ref: "developers", memberCount: 2 } } });
    expect(await lastEvent()).toMatchObject({
      action: "group.members-added",
      subjectName: "developers",
      detail: { before: null, after: { users: ["cyr"] } },
    });
    expect(await add("developers", ["bea", "cyr"])).toMatchObject({ value: { repeated: true } });
  });

  it("moves the facts of the people concerned, in the same transaction", async () => {
    const dee = await installation.person("dee");
    const done = await add("developers", ["dee"]);
    const sequence = done.ok ? BigInt(done.value.enforcement?.sequence ?? "0") : 0n;
    const change = await installation.db.change.findFirst({ where: { seq: sequence } });
    expect(change).toMatchObject({ kind: "user", key: dee.id });
  });

  it("names each user that does not exist, and adds nobody then", async () => {
    await installation.person("eli");
    const done = await add("developers", ["eli", "nobody1", "nobody2"]);
    expect(done).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "users.1" }, { path: "users.2" }] },
    });
    expect(await installation.db.membership.count({ where: { user: { username: "eli" } } })).toBe(0);
  });

  it("leaves a directory's group to its directory", async () => {
    await installation.db.group.create({ data: { source: "scim", externalId: "7", name: "from afar" } });
    expect(await add("from afar", ["bea"])).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await remove("from afar", ["bea"])).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("of one person by many at once happens once", async () => {
    await installation.person("flo");
    const all = await Promise.all(Array.from({ length: 5 }, () => add("developers", ["flo"])));
    expect(all.filter((done) => done.ok && !done.value.repeated)).toHaveLength(1);
  });
});

describe("joining the administrators", () => {
  it("closes the set-up once one of them can sign in", async () => {
    const { db, person } = installation;
    const closed = async () => (await db.setup.findUniqueOrThrow({ where: { id: 1 } })).completedAt;
    await person("mute");
    await add("admins", ["mute"]);
    expect(await closed()).toBeNull();
    const { id } = await person("able");
    await db.passwordCredential.create({ data: { userId: id, hash: "-" } });
    await add("admins", ["able"]);
    expect(await closed()).toEqual(new Date(NOW));
    await db.membership.deleteMany({ where: { user: { username: { in: ["mute", "able"] } } } });
  });
});

describe("removing members", () => {
  it("is for administrators", async () => {
    const said = await verdicts(
      installation,
      removeMembers,
      cast,
      async (who) => ({
        id: await groupId("api-users"),
        users: [(await installation.person(`goes by ${who}`, ["api-users"])).username],
      }),
      NOW,
    );
    expect(said).toEqual(MEMBERS);
  });

  it("says who went; who was not there is a repetition", async () => {
    expect(await remove("developers", ["bea"])).toMatchObject({ value: { repeated: false } });
    expect(await lastEvent()).toMatchObject({
      action: "group.members-removed",
      detail: { before: { users: ["bea"] }, after: null },
    });
    expect(await remove("developers", ["bea"])).toMatchObject({ value: { repeated: true } });
  });

  it("never takes the last administrator, not even when two go at once", async () => {
    expect(await remove("admins", ["ann"])).toMatchObject({ refusal: { code: "last_admin" } });
    await installation.person("gil", ["admins"]);
    const both = await Promise.all([remove("admins", ["ann"]), remove("admins", ["gil"])]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "last_admin"]);
    await add("admins", ["ann", "gil"]);
    expect(await remove("admins", ["ann", "gil"])).toMatchObject({ refusal: { code: "last_admin" } });
  });
});
