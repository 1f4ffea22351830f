import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { verifyPassword } from "#lib/auth/password";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createUser } from "./create";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (input: unknown, actor: Parameters<typeof execute>[2] = operator()) =>
  execute(installation.db, createUser, actor, input, NOW);

describe("creating a user", () => {
  it("is for administrators, their writing tokens and the operator", async () => {
    const said = await verdicts(installation, createUser, cast, (who) => ({ username: `by ${who}` }), NOW);
    expect(said).toEqual(ADMINS_ONLY);
    expect(await installation.db.user.count({ where: { username: { startsWith: "by " } } })).toBe(3);
  });

  it("wants a person in a session to be present: a session left open makes no administrator to sign in as", async () => {
    const admin = { username: "backdoor", password: "lamp ferry walnut orbit", groups: ["admins"] };
    const late = await execute(installation.db, createUser, cast.admin, admin, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
    expect(await installation.db.user.count({ where: { username: "backdoor" } })).toBe(0);
  });

  it("answers with the user as REST shows it: names, groups, role and tier", async () => {
    const done = await create({ username: "Maria", email: "maria@example.com", groups: ["admins"] });
    expect(done).toMatchObject({
      ok: true,
      value: {
        output: {
          username: "Maria",
          displayName: "Maria",
          email: "maria@example.com",
          kind: "person",
          source: "local",
          externalId: null,
          aliases: ["maria@example.com"],
          usernames: {},
          groups: ["admins"],
          maintainers: { users: [], groups: [] },
          role: "admin",
          tier: "Administrators",
          createdAt: "2026-11-22T12:00:00.000Z",
          deactivatedAt: null,
          lastSignInAt: null,
          version: 1,
        },
      },
    });
  });

  it("is told to the log with what was made, and moves the head", async () => {
    const before = await installation.db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
    await create({ username: "logged", password: "lamp ferry walnut orbit" });
    const after = await installation.db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
    expect(after.seq).toBeGreaterThan(before.seq);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "user.created", subjectName: "logged" });
    expect(event.detail).toMatchObject({ before: null, after: { username: "logged", password: true } });
    expect(JSON.stringify(event.detail)).not.toContain("walnut");
  });

  it("keeps a password as a hash that opens with it, never as itself", async () => {
    const done = await create({ username: "pia", password: "lamp ferry walnut orbit" });
    expect(JSON.stringify(done)).not.toContain("walnut");
    const { hash } = await installation.db.passwordCredential.findFirstOrThrow({
      where: { user: { username: "pia" } },
      select: { hash: true },
    });
    expect(await verifyPassword("lamp ferry walnut orbit", hash)).toEqual({ ok: true, value: true });
  });

  it("closes the set-up with the first administrator who can sign in, and with nobody before", async () => {
    const { db } = installation;
    const closed = async () => (await db.setup.findUniqueOrThrow({ where: { id: 1 } })).completedAt;
    await create({ username: "early", password: "lamp ferry walnut orbit" });
    await create({ username: "mute", groups: ["admins"] });
    expect(await closed()).toBeNull();
    await create({ username: "able", groups: ["admins"], password: "lamp ferry walnut orbit" });
    expect(await closed()).toEqual(new Date(NOW));
  });

  it("lets no token set a password: it could make itself a way in that outlives it", async () => {
    const done = await create({ username: "planted", password: "lamp ferry walnut orbit" }, cast["write token"]);
    expect(done).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  });

  it("asks who may before it hashes: strangers cannot make the portal compute", async () => {
    const done = await create({ username: "costly", password: "short" }, cast.user);
    expect(done).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  });
});

describe("the names of a new user", () => {
  it("are taken whatever their case and spelling, also when two come at once", async () => {
    await create({ username: "J\u00fcrgen" });
    for (const username of ["j\u00fcrgen", "JU\u0308RGEN"]) {
      const again = await create({ username });
      expect(again).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "username" }] } });
    }
    const both = await Promise.all([create({ username: "twin" }), create({ username: "Twin" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
  });

  it("lead to one person: no alias is another's username, no username another's alias", async () => {
    await create({ username: "first", email: "first@example.com", aliases: ["old-first"] });
    expect(await create({ username: "old-FIRST" })).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "username" }] },
    });
    expect(await create({ username: "second", aliases: ["other", "first"] })).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "aliases.1" }] },
    });
    expect(await create({ username: "third", email: "FIRST@example.com" })).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "email" }] },
    });
  });

  it("may repeat their own username as an alias: it is stored once", async () => {
    const done = await create({ username: "same@example.com", email: "same@example.com" });
    expect(done).toMatchObject({ ok: true, value: { output: { aliases: [] } } });
  });
});

describe("what a new user refers to", () => {
  it("must exist, and every name that does not is an error of its field", async () => {
    expect(await create({ username: "a1", groups: ["admins", "nowhere"] })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "groups.1", message: "There is no group nowhere." }] },
    });
    expect(await create({ username: "a2", kind: "service", maintainers: { users: ["noone"] } })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "maintainers.users.0" }] },
    });
    expect(await create({ username: "a3", usernames: { nowhere: "x" } })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "usernames.nowhere" }] },
    });
    expect(await installation.db.user.count({ where: { username: { in: ["a1", "a2", "a3"] } } })).toBe(0);
  });

  it("is not a directory's group: its members come from there", async () => {
    await installation.db.group.create({ data: { source: "ldap", externalId: "cn=x", name: "x" } });
    expect(await create({ username: "a4", groups: ["ldap:cn=x"] })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "groups.0" }] },
    });
  });

  it("makes a service account with maintainers, in a tier by its kind", async () => {
    const done = await create({
      username: "bot",
      kind: "service",
      usernames: { latchkey: "robot" },
      maintainers: { users: ["ANN"], groups: ["api-users"] },
    });
    expect(done).toMatchObject({
      ok: true,
      value: {
        output: {
          kind: "service",
          tier: "Service accounts",
          usernames: { latchkey: "robot" },
          maintainers: { users: ["ann"], groups: ["api-users"] },
        },
      },
    });
  });
});
