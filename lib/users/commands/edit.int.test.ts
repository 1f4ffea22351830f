import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { addMembers } from "#lib/groups/commands/add-members";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createUser } from "./create";
import { editUser } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  for (const name of ["alpha", "beta"]) await installation.db.group.create({ data: { name, externalId: name } });
});
afterAll(() => installation.close());

const make = async (input: object) => {
  const done = await execute(installation.db, createUser, operator(), input, NOW);
  if (!done.ok) throw new Error(done.refusal.detail);
  return done.value.output;
};
const edit = (id: string, changes: object, actor: Actor = operator()) =>
  execute(installation.db, editUser, actor, { id, version: 1, ...changes }, NOW);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("changing a user", () => {
  it("is for administrators; who sees no users does not find them", async () => {
    const said = await verdicts(
      installation,
      editUser,
      cast,
      async (who) => ({ id: (await installation.person(`of ${who}`)).id, version: 1, displayName: "New" }),
      NOW,
    );
    expect(said).toEqual({ ...ADMINS_ONLY, user: "not_found" });
  });

  it("wants a person in a session to be present: groups give power, and names say whose a token is", async () => {
    const { id } = await make({ username: "present" });
    const late = await execute(installation.db, editUser, cast.admin, { id, version: 1, email: null }, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("keeps what is left out, says what was before, and does nothing twice", async () => {
    const { id } = await make({ username: "kept", displayName: "Kept", email: "k@example.com", groups: ["alpha"] });
    const done = await edit(id, { displayName: "مارا ليند" });
    expect(done).toMatchObject({
      value: {
        repeated: false,
        output: { displayName: "مارا ليند", email: "k@example.com", groups: ["alpha"], version: 2 },
      },
    });
    expect(await lastEvent()).toMatchObject({
      action: "user.edited",
      subjectName: "kept",
      detail: { before: { displayName: "Kept", version: 1 }, after: { displayName: "مارا ليند", version: 2 } },
    });
    expect(await edit(id, { version: 2, displayName: "مارا ليند" })).toMatchObject({ value: { repeated: true } });
    expect(await edit(id, { version: 2, displayName: "" })).toMatchObject({
      value: { output: { displayName: "kept" } },
    });
  });

  it("by two administrators at once is done by one; the other reads again", async () => {
    const { id } = await make({ username: "wanted" });
    const both = await Promise.all([edit(id, { displayName: "A" }), edit(id, { displayName: "B" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "stale"]);
  });

  it("read before somebody changed their groups is stale: no group is lost by an older list", async () => {
    const { id } = await make({ username: "joining", groups: ["alpha"] });
    const { id: beta } = await installation.db.group.findFirstOrThrow({ where: { name: "beta" } });
    await execute(installation.db, addMembers, operator(), { id: beta, users: ["joining"] }, NOW);
    expect(await edit(id, { groups: ["alpha"] })).toMatchObject({ refusal: { code: "stale" } });
    expect(await edit(id, { version: 2, groups: ["beta"] })).toMatchObject({ value: { output: { groups: ["beta"] } } });
  });
});

describe("the names of a user", () => {
  it("once a username stay theirs, so that scripts that send it go on", async () => {
    const { id } = await make({ username: "maiden", email: "maiden@example.com" });
    expect(await edit(id, { username: "Married", email: "married@example.com" })).toMatchObject({
      value: { output: { username: "Married", aliases: ["maiden", "maiden@example.com", "married@example.com"] } },
    });
    expect(
      await make({ username: "other" }).then(({ id: other }) => edit(other, { username: "MAIDEN" })),
    ).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "username" }] },
    });
    const aliases = ["married@example.com"];
    expect(await edit(id, { version: 2, aliases })).toMatchObject({ value: { output: { aliases } } });
    expect(await make({ username: "maiden" })).toMatchObject({ username: "maiden" });
  });

  it("are nobody else's, as username or alias, whatever the case; also for one of two at once", async () => {
    const [a, b] = [await make({ username: "zoë", aliases: ["zoe"] }), await make({ username: "yan" })];
    for (const changes of [{ username: "ZOE" }, { username: "ZOË" }, { aliases: ["yan2", "Zoe"] }]) {
      expect(await edit(b.id, changes)).toMatchObject({ refusal: { code: "already_exists" } });
    }
    const both = await Promise.all([edit(a.id, { aliases: ["same"] }), edit(b.id, { aliases: ["same"] })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
  });

  it("of a directory are changed there", async () => {
    const { id } = await installation.person("ldapper");
    await installation.db.user.update({ where: { id }, data: { source: "ldap", externalId: "7" } });
    const refused = await edit(id, { displayName: "Mine" });
    expect(refused).toMatchObject({ refusal: { code: "forbidden", errors: [{ path: "displayName" }] } });
    expect(await edit(id, { aliases: ["ld"], username: "ldapper" })).toMatchObject({
      value: { output: { aliases: ["ld"] } },
    });
  });
});

describe("the groups of a user", () => {
  it("change for local groups; a directory's may only be sent back as they were read", async () => {
    const { db } = installation;
    const { id } = await make({ username: "member", groups: ["alpha"] });
    const far = await db.group.create({ data: { source: "scim", externalId: "9", name: "far" } });
    await db.membership.create({ data: { groupId: far.id, userId: id, addedBy: "scim" } });
    expect(await edit(id, { groups: ["beta"] })).toMatchObject({ refusal: { errors: [{ path: "groups" }] } });
    expect(await edit(id, { groups: ["scim:9", "scim:8"] })).toMatchObject({
      refusal: { errors: [{ path: "groups.1" }] },
    });
    expect(await edit(id, { groups: ["beta", "nowhere"] })).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await edit(id, { groups: ["scim:9", "beta"] })).toMatchObject({
      value: { output: { groups: ["beta", "scim:9"] } },
    });
    const kept = await db.membership.findFirstOrThrow({ where: { userId: id, groupId: far.id } });
    expect(kept.addedBy).toBe("scim");
  });

  it("never lose the last administrator", async () => {
    const ann = await installation.db.user.findFirstOrThrow({ where: { username: "ann" } });
    expect(await edit(ann.id, { groups: [] })).toMatchObject({ refusal: { code: "last_admin" } });
  });
});

describe("a service account", () => {
  it("has maintainers, a person none; fifty users at most, each of whom exists", async () => {
    const bot = await make({ username: "bot", kind: "service" });
    const done = await edit(bot.id, { maintainers: { users: ["UMA"], groups: ["alpha"] } });
    expect(done).toMatchObject({ value: { output: { maintainers: { users: ["uma"], groups: ["alpha"] } } } });
    const again = (users: string[]) => edit(bot.id, { version: 2, maintainers: { users } });
    expect(await again(["nobody.at.all"])).toMatchObject({ refusal: { errors: [{ path: "maintainers.users.0" }] } });
    expect(await again(Array.from({ length: 100 }, () => "uma"))).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await again([])).toMatchObject({ value: { output: { maintainers: { users: [], groups: [] } } } });
    const person = await make({ username: "no.bot" });
    expect(await edit(person.id, { maintainers: { users: ["uma"] } })).toMatchObject({
      refusal: { errors: [{ path: "maintainers" }] },
    });
  });

  it("may be called something else in one application, which exists", async () => {
    const { db } = installation;
    await db.application.create({
      data: { key: "jira", name: "Jira", kind: "jira", rules: {}, credentials: {}, usernames: {} },
    });
    const { id } = await make({ username: "elsewhere" });
    expect(await edit(id, { usernames: { wiki: "x" } })).toMatchObject({
      refusal: { errors: [{ path: "usernames.wiki" }] },
    });
    expect(await edit(id, { usernames: { jira: "x" } })).toMatchObject({
      value: { output: { usernames: { jira: "x" } } },
    });
    expect(await edit(id, { version: 2, usernames: {} })).toMatchObject({ value: { output: { usernames: {} } } });
  });
});
