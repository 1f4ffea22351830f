import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createPolicy } from "./create";

const NOW = Date.UTC(2026, 10, 22, 12);
const OWN = { maxLifetimeDays: 90, access: "read", applications: "all", maxActive: 5 };
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (input: object, actor: Parameters<typeof execute>[2] = operator(), now = NOW) =>
  execute(installation.db, createPolicy, actor, input, now);
let priority = 2_000;
const next = () => {
  priority += 1;
  return priority;
};
const members = (groups: string[] = [], everyone = false) => ({ everyone, groups, serviceAccounts: false });

describe("making a policy", () => {
  it("is for administrators", async () => {
    const input = (who: string) => ({ name: `by ${who}`, priority: next(), members: members() });
    expect(await verdicts(installation, createPolicy, cast, input, NOW)).toEqual(ADMINS_ONLY);
  });

  it("asks a session for a proof of presence within ten minutes", async () => {
    const late = await create({ name: "late", priority: next(), members: members() }, cast.admin, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("grants nothing that is not said, and shows what follows from what is", async () => {
    const done = await create({ name: "Bare", priority: 7, members: { groups: ["api-users"] } });
    expect(done).toMatchObject({
      value: {
        output: {
          name: "Bare",
          priority: 7,
          members: { everyone: false, groups: ["api-users"], serviceAccounts: false },
          use: false,
          create: "no",
          selfRotate: false,
          own: null,
          ceiling: null,
          version: 1,
        },
      },
    });
    const full = await create({ name: "Full", priority: 8, members: members(), use: true, create: "yes", own: OWN });
    expect(full).toMatchObject({ value: { output: { own: { ...OWN, defaultLifetimeDays: 30, approval: "never" } } } });
  });

  it("is told to the log whole, and moves the head for every token", async () => {
    const done = await create({ name: "Logged", priority: next(), members: members(), ceiling: { access: "read" } });
    const sequence = done.ok ? BigInt(done.value.enforcement?.sequence ?? "0") : 0n;
    expect(await installation.db.change.findFirst({ where: { seq: sequence } })).toMatchObject({
      kind: "installation",
    });
    expect(await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "policy.created",
      detail: { before: null, after: { name: "Logged", ceiling: { access: "read" } } },
    });
  });

  it("refuses a taken name whatever its case, and a taken priority, also to one of two at once", async () => {
    await create({ name: "Once", priority: 900, members: members() });
    expect(await create({ name: "ONCE", priority: next(), members: members() })).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "name" }] },
    });
    const both = await Promise.all([
      create({ name: "a", priority: 901, members: members() }),
      create({ name: "b", priority: 901, members: members() }),
    ]);
    const loser = both.find((done) => !done.ok);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    expect(loser).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "priority" }] } });
  });

  it("refuses groups, applications and networks that do not exist, each at its field", async () => {
    const group = await create({ name: "g", priority: next(), members: members(["api-users", "none"]) });
    expect(group).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "members.groups.1" }] } });
    const limits = await create({
      name: "l",
      priority: next(),
      members: members(),
      own: { ...OWN, applications: ["latchkey", "nowhere"], ranges: ["10.0.0.0/8", "office"] },
      ceiling: { ranges: ["lab"] },
    });
    const paths = limits.ok ? [] : limits.refusal.errors.map((error) => error.path);
    expect(paths).toEqual(["own.applications.1", "own.ranges.1", "ceiling.ranges.0"]);
  });

  it("refuses what nothing enforces yet", async () => {
    for (const own of [
      { ...OWN, endNeverUsedAfterDays: 14 },
      { ...OWN, endUnusedAfterDays: 90 },
    ]) {
      const done = await create({ name: "n", priority: next(), members: members(), use: true, create: "yes", own });
      expect(done).toMatchObject({ refusal: { code: "not_enforced_yet" } });
    }
  });
});

describe("a policy that would lock the administrators out", () => {
  it("is refused: above their tier, for all of them, without use", async () => {
    for (const whom of [members(["admins"]), members([], true)]) {
      const done = await create({ name: "Freeze", priority: next(), members: whom, use: false });
      expect(done).toMatchObject({ refusal: { code: "last_admin" } });
    }
    expect(await installation.db.policy.count({ where: { name: "Freeze" } })).toBe(0);
  });

  it("is none where it stands below their tier, keeps their use, or leaves one of them free", async () => {
    expect(await create({ name: "Below", priority: 999, members: members(["admins"]) })).toMatchObject({ ok: true });
    expect(await create({ name: "Keeps", priority: next(), members: members(["admins"]), use: true })).toMatchObject({
      ok: true,
    });
    await installation.person("zed", ["admins", "api-users"]);
    const some = await create({ name: "Some", priority: next(), members: members(["api-users"]), use: false });
    expect(some).toMatchObject({ ok: true });
  });
});
