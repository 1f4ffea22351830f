import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator, system, visitor } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { completeSetup } from "#lib/users/commands/complete-setup";
import { createAdmin } from "#lib/users/commands/create-admin";
import { createInstallation, type TestInstallation } from "#test/installation";
import { openSetup } from "./commands/open-setup";
import { ensureInstallation } from "./installation";
import { SETUP_CODE_MS } from "./setup-code";
import { adminExists } from "./store";

const NOW = Date.UTC(2026, 10, 22, 12);
const PASSWORD = "correct zebra staple 9";
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
});
afterAll(() => installation.close());
beforeEach(() => installation.db.signInThrottle.deleteMany());

const answers = (code: string, username = "root-admin") => ({
  code,
  username,
  password: PASSWORD,
  audience: "everyone-read",
});
const complete = (raw: object, now = NOW) =>
  execute(installation.db, completeSetup, visitor("192.0.2.1", "x"), raw, now);

const open = (actor: Actor) => execute(installation.db, openSetup, actor, {}, NOW);

/** The code of a set-up opened just now; null where it opens no more. */
async function opened(): Promise<string | null> {
  const done = await open(system("start"));
  if (done.ok) return done.value.output.code;
  expect(done.refusal.code).toBe("ended");
  return null;
}

describe("a fresh installation", () => {
  it("has the groups, tiers and delegations that are promised, and nothing for everyone else", async () => {
    const policies = await installation.db.policy.findMany({
      orderBy: { priority: "desc" },
      include: { groups: { include: { group: true } } },
    });
    const told = policies.map((each) => [
      each.name,
      each.priority,
      each.use,
      each.create,
      each.groups.map((link) => link.group.name),
      each.everyone,
    ]);
    expect(told).toEqual([
      ["Administrators", 1000, true, "yes", ["admins"], false],
      ["API users", 100, true, "yes", ["api-users"], false],
      ["Service accounts", 50, true, "no", [], false],
    ]);
    expect(policies[1]?.own).toMatchObject({
      maxLifetimeDays: 90,
      defaultLifetimeDays: 30,
      access: "write",
      applications: "all",
      maxActive: 25,
    });
    const delegations = await installation.db.delegation.findMany({ orderBy: { name: "asc" } });
    expect(delegations.map((each) => [each.name, each.powers, each.showSecret])).toEqual([
      ["Administrators", ["issue", "end", "manage", "approve"], false],
      ["Integrations", ["issue"], true],
    ]);
    expect(delegations[1]?.issue).toMatchObject({ maxLifetimeDays: null, maxActive: null });
  });

  it("is made once, though several processes start at the same time", async () => {
    await Promise.all([1, 2, 3].map(() => ensureInstallation(installation.db, system("start"), NOW)));
    expect(await installation.db.policy.count()).toBe(3);
    expect(await installation.db.auditEvent.count({ where: { action: "installation.created" } })).toBe(1);
    expect(await installation.db.key.count({ where: { state: "active" } })).toBe(4);
  });
});

describe("the set-up link", () => {
  it("is opened by the start alone, and the log says so without the code", async () => {
    expect(await open(operator())).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await open(visitor("192.0.2.1", "x"))).toMatchObject({ refusal: { code: "unauthenticated" } });
    const code = await opened();
    const rows = await installation.db.auditEvent.findMany({ where: { action: "setup.opened" } });
    expect(rows.map((row) => [row.actorKind, row.actorName])).toEqual([["system", "start"]]);
    expect(JSON.stringify(rows.map((row) => row.detail))).not.toContain(code);
  });

  it("works with the last code only, of two starts at the same time too", async () => {
    const codes = await Promise.all([opened(), opened()]);
    const weak = (code: string | null) => complete({ ...answers(code ?? ""), password: "passwordpassword" });
    const refusals = await Promise.all(codes.map(weak));
    // A good code gets as far as the password that is too weak.
    const answered = refusals.map((done) => (done.ok ? "" : done.refusal.code)).sort();
    expect(answered).toEqual(["forbidden", "invalid_input"]);
  });

  it("does nothing with a wrong, replaced or expired code", async () => {
    const first = await opened();
    const second = await opened();
    if (first === null || second === null) throw new Error("no code");
    expect(await complete(answers("x"))).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await complete(answers(first))).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await complete(answers(second), NOW + SETUP_CODE_MS)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await installation.db.user.count()).toBe(0);
  });

  it("refuses what is not built yet, weak passwords and reserved names, field by field, and stays usable", async () => {
    const code = (await opened()) ?? "";
    expect(await complete({ ...answers(code), audience: "request" })).toMatchObject({
      refusal: { code: "not_enforced_yet" },
    });
    expect(await complete({ ...answers(code), password: "passwordpassword" })).toMatchObject({
      refusal: { errors: [{ path: "password" }] },
    });
    for (const username of ["token", "TOKEN", "a:b", "", " ", "x\u0000y", "n".repeat(300)]) {
      expect(await complete(answers(code, username))).toMatchObject({ refusal: { errors: [{ path: "username" }] } });
    }
  });

  it("makes exactly one first admin of two who are quick, gives everyone read-only tokens, and is dead for ever", async () => {
    const code = (await opened()) ?? "";
    const both = await Promise.all([complete(answers(code, "one")), complete(answers(code, "two"))]);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    expect(await adminExists(installation.db)).toBe(true);
    expect(await installation.db.user.count()).toBe(1);
    expect(await installation.db.policy.findUnique({ where: { nameKey: "everyone" } })).toMatchObject({
      everyone: true,
      own: { access: "read" },
    });
    expect(await complete(answers(code, "three"))).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await opened()).toBeNull();
    const actions = await installation.db.auditEvent.findMany({
      select: { action: true },
      orderBy: { seq: "desc" },
      take: 3,
    });
    expect(actions.map((each) => each.action)).toEqual(["policy.created", "user.created", "setup.completed"]);
  });

  it("stays dead though every admin is gone; the operator makes another at the command line", async () => {
    await installation.db.user.updateMany({ data: { deactivatedAt: new Date(NOW) } });
    expect(await opened()).toBeNull();
    const raw = { username: "rescue", password: PASSWORD };
    const visiting = await execute(installation.db, createAdmin, visitor("192.0.2.1", "x"), raw, NOW);
    expect(visiting).toMatchObject({ refusal: { code: "unauthenticated" } });
    expect(await execute(installation.db, createAdmin, operator(), raw, NOW)).toMatchObject({ ok: true });
    expect(await adminExists(installation.db)).toBe(true);
  });
});
