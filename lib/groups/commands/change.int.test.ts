import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createDelegation } from "#lib/delegations/commands/create";
import { createPolicy } from "#lib/policies/commands/create";
import { createUser } from "#lib/users/commands/create";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createGroup } from "./create";
import { deleteGroup } from "./delete";
import { editGroup } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
const LIMITS = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1 };
const CHANGE = { ...ADMINS_ONLY, user: "not_found" };
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const group = async (name: string, input: object = {}) => {
  const done = await execute(installation.db, createGroup, operator(), { name, ...input }, NOW);
  if (!done.ok) throw new Error(done.refusal.detail);
  return done.value.output.id;
};
const edit = (id: string, changes: object, actor: Actor = operator()) =>
  execute(installation.db, editGroup, actor, { id, version: 1, ...changes }, NOW);
const remove = (id: string, actor: Actor = operator()) => execute(installation.db, deleteGroup, actor, { id }, NOW);
const codes = (all: readonly { ok: boolean; refusal?: { code: string } }[]) =>
  all.map((done) => (done.ok ? "done" : (done.refusal?.code ?? ""))).sort();
const roleOf = async (username: string) => (await installation.viewer(username)).role;

describe("changing a group", () => {
  it("is for administrators; who sees no groups does not find them", async () => {
    const made = async (who: string) => ({ id: await group(`by ${who}`), version: 1, name: `renamed by ${who}` });
    expect(await verdicts(installation, editGroup, cast, made, NOW)).toEqual(CHANGE);
  });

  it("renames it for all that name it, and its members stay", async () => {
    const { db, person } = installation;
    const id = await group("old name");
    await person("member", ["old name"]);
    const policy = { name: "Named", priority: 7, members: { groups: ["old name"] } };
    await execute(db, createPolicy, operator(), policy, NOW);
    expect(await edit(id, { name: "グループ" })).toMatchObject({
      value: { output: { ref: "グループ", name: "グループ", memberCount: 1, version: 2 } },
    });
    expect(await db.policyGroup.findFirstOrThrow({ where: { policy: { name: "Named" } } })).toMatchObject({
      groupId: id,
    });
    expect(await edit(id, { version: 2, name: "グループ" })).toMatchObject({ value: { repeated: true } });
  });

  it("refuses a taken name, a name like a directory's, and what was read before a change", async () => {
    await group("taken");
    const id = await group("free");
    expect(await edit(id, { name: "taken" })).toMatchObject({ refusal: { code: "already_exists" } });
    expect(await edit(id, { name: "ldap:free" })).toMatchObject({ refusal: { errors: [{ path: "name" }] } });
    const both = await Promise.all([edit(id, { name: "free a" }), edit(id, { name: "free b" })]);
    expect(codes(both)).toEqual(["done", "stale"]);
  });

  it("leaves a directory's name to it, and never takes its group for the local one called alike", async () => {
    const far = await installation.db.group.create({ data: { source: "ldap", externalId: "admins", name: "admins" } });
    expect(await edit(far.id, { name: "mine" })).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await edit(far.id, { role: "auditor" })).toMatchObject({
      value: { output: { ref: "ldap:admins", role: "auditor" } },
    });
    const local = await installation.db.group.findFirstOrThrow({ where: { source: "local", name: "admins" } });
    expect(await installation.db.roleMapping.findUnique({ where: { groupId: local.id } })).toMatchObject({
      role: "admin",
    });
  });
});

describe("mapping a group to a role", () => {
  it("makes its members what it says from their next request on, and the log says so", async () => {
    const id = await group("seniors");
    await installation.person("sam", ["seniors"]);
    await edit(id, { role: "admin" });
    expect(await roleOf("sam")).toBe("admin");
    expect(await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "group.edited",
      detail: { before: { role: null }, after: { role: "admin" } },
    });
    await edit(id, { version: 2, role: "auditor" });
    expect(await roleOf("sam")).toBe("auditor");
    await edit(id, { version: 3, role: null });
    expect(await roleOf("sam")).toBe("user");
  });

  it("wants a person in a session to be present", async () => {
    const id = await group("later");
    const input = { id, version: 1, role: "admin" };
    const late = await execute(installation.db, editGroup, cast.admin, input, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("never leaves nobody to administer, not even when two mappings go at once", async () => {
    const admins = await installation.db.group.findFirstOrThrow({ where: { source: "local", name: "admins" } });
    expect(await edit(admins.id, { role: "auditor" })).toMatchObject({ refusal: { code: "last_admin" } });
    const id = await group("others", { role: "admin" });
    await installation.person("omar", ["others", "admins"]);
    await installation.person("olga", ["others"]);
    const both = await Promise.all([edit(admins.id, { role: null }), edit(id, { role: null })]);
    expect(codes(both)).toEqual(["done", "last_admin"]);
  });
});

describe("deleting a group", () => {
  it("is for administrators", async () => {
    const made = async (who: string) => ({ id: await group(`gone by ${who}`) });
    expect(await verdicts(installation, deleteGroup, cast, made, NOW)).toEqual(CHANGE);
  });

  it("that nothing names leaves its members without it; their edits from before are stale", async () => {
    const id = await group("fleeting");
    const { id: userId } = await installation.person("fleet", ["fleeting"]);
    expect(await remove(id)).toMatchObject({ value: { output: { ref: "fleeting", memberCount: 1 } } });
    const user = await installation.db.user.findUniqueOrThrow({
      where: { id: userId },
      include: { memberships: true },
    });
    expect(user).toMatchObject({ version: 2, memberships: [] });
    expect(await remove(id)).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("is refused while anything names it, and says what", async () => {
    const { db } = installation;
    const id = await group("needed", { role: "auditor" });
    const policy = { name: "Needed", priority: 8, members: { groups: ["needed"] } };
    await execute(db, createPolicy, operator(), policy, NOW);
    const delegation = {
      name: "Needs",
      delegates: ["needed"],
      powers: ["end"],
      scope: { groups: ["needed"] },
      issue: LIMITS,
    };
    await execute(db, createDelegation, operator(), delegation, NOW);
    const bot = { username: "needy.bot", kind: "service", maintainers: { groups: ["needed"] } };
    await execute(db, createUser, operator(), bot, NOW);
    const refused = await remove(id);
    expect(refused).toMatchObject({ refusal: { code: "in_use" } });
    for (const use of [
      "the role auditor",
      "tier Needed",
      "delegation Needs",
      "the scope of delegation Needs",
      "maintainers of needy.bot",
    ]) {
      expect(refused.ok ? "" : refused.refusal.detail).toContain(use);
    }
  });

  it("while somebody comes to name it is refused, or they are: a tier never loses its group unseen", async () => {
    const { db } = installation;
    for (const at of [1, 2, 3]) {
      const id = await group(`racing ${at}`);
      const policy = { name: `Racing ${at}`, priority: 20 + at, members: { groups: [`racing ${at}`] } };
      const [made, gone] = await Promise.all([execute(db, createPolicy, operator(), policy, NOW), remove(id)]);
      expect([made.ok, gone.ok].filter(Boolean)).toHaveLength(1);
      const left = await db.policyGroup.count({ where: { policy: { name: `Racing ${at}` } } });
      expect(left).toBe(made.ok ? 1 : 0);
    }
  });

  it("of a directory is the directory's", async () => {
    const far = await installation.db.group.create({ data: { source: "scim", externalId: "5", name: "far" } });
    expect(await remove(far.id)).toMatchObject({ refusal: { code: "forbidden" } });
  });
});
