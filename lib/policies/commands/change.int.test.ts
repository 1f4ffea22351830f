import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { draftInput } from "#lib/impact/draft-schema";
import { previewChange } from "#lib/impact/queries";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createPolicy } from "./create";
import { deletePolicy } from "./delete";
import { editPolicy } from "./edit";
import { movePolicy } from "./move";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  for (const name of ["team", "movers"]) await installation.db.group.create({ data: { name, externalId: name } });
});
afterAll(() => installation.close());

let priority = 2_000;
const OWN = { maxLifetimeDays: 90, access: "write", applications: "all", maxActive: 5 };
const make = (name: string, more: object = {}) => {
  priority += 1;
  const input = { name, priority, members: { groups: ["api-users"] }, ...more };
  return outputOf(execute(installation.db, createPolicy, operator(), input, NOW));
};
const edit = (id: string, changes: object) =>
  execute(installation.db, editPolicy, operator(), { id, version: 1, ...changes }, NOW);
const move = (id: string, version: number, above: string | null) =>
  execute(installation.db, movePolicy, operator(), { id, version, above }, NOW);
const order = async () =>
  (await installation.db.policy.findMany({ orderBy: { priority: "desc" } })).map(({ name }) => name);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
const HIDDEN = { ...ADMINS_ONLY, user: "not_found" };

describe("changing a tier", () => {
  it("is for administrators, in a session after they confirmed that it is them; others do not find it", async () => {
    const { id } = await make("verdicts");
    expect(await verdicts(installation, editPolicy, cast, () => ({ id, version: 1, name: "verdicts" }), NOW)).toEqual(
      HIDDEN,
    );
    const late = await execute(installation.db, editPolicy, cast.admin, { id, version: 1 }, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("keeps what is left out, counts the version, and tells the log both states", async () => {
    const { id } = await make("Writers", { use: true, create: "yes", own: OWN });
    const done = await edit(id, { ceiling: { access: "read" }, members: { groups: ["team"] } });
    expect(done).toMatchObject({
      value: {
        output: { name: "Writers", own: OWN, ceiling: { access: "read" }, members: { groups: ["team"] }, version: 2 },
      },
    });
    expect(await lastEvent()).toMatchObject({
      action: "policy.edited",
      detail: { before: { ceiling: null, version: 1 }, after: { ceiling: { access: "read" }, version: 2 } },
    });
    expect(await edit(id, { version: 2, own: null, create: "no", ceiling: null })).toMatchObject({
      value: { output: { own: null, ceiling: null } },
    });
  });

  it("lets no token rotate itself where none may be created, and leaves one of before as it is", async () => {
    const { id } = await make("Rotating", { use: true, create: "yes", own: OWN, selfRotate: true });
    const refused = { refusal: { code: "invalid_input", errors: [{ path: "selfRotate" }] } };
    expect(await edit(id, { create: "no", selfRotate: true })).toMatchObject(refused);
    expect(await edit(id, { create: "no" })).toMatchObject({ value: { output: { create: "no", selfRotate: false } } });
    expect(await edit(id, { version: 2, selfRotate: true })).toMatchObject(refused);
    await installation.db.policy.update({ where: { id }, data: { selfRotate: true } });
    expect(await edit(id, { version: 2, name: "Renamed" })).toMatchObject({ ok: true });
  });

  it("changes nothing, and says nothing in the log, when it is as wanted already", async () => {
    const { id } = await make("same", { members: { groups: ["api-users", "team"] } });
    const { seq } = await lastEvent();
    expect(await edit(id, { name: "same", members: { groups: ["team", "api-users"] } })).toMatchObject({
      value: { repeated: true },
    });
    expect((await lastEvent()).seq).toBe(seq);
  });

  it("is decided once between two administrators who read the same version", async () => {
    const { id } = await make("contested");
    const both = await Promise.all([edit(id, { name: "mine" }), edit(id, { name: "yours" })]);
    expect(both.map((each) => (each.ok ? "done" : each.refusal.code)).sort()).toEqual(["done", "stale"]);
  });

  it("takes no taken name or number, no unknown group, and no right to create without limits", async () => {
    const { id } = await make("Ärzte 医師");
    await make("Taken", { priority: 7 });
    expect(await edit(id, { name: "TAKEN" })).toMatchObject({ refusal: { code: "already_exists" } });
    expect(await edit(id, { priority: 7 })).toMatchObject({ refusal: { errors: [{ path: "priority" }] } });
    expect(await edit(id, { members: { groups: ["none"] } })).toMatchObject({
      refusal: { errors: [{ path: "members.groups.0" }] },
    });
    expect(await edit(id, { create: "yes" })).toMatchObject({ refusal: { errors: [{ path: "own" }] } });
    expect(await edit(id, { name: "Врачи" })).toMatchObject({ value: { output: { name: "Врачи" } } });
  });

  it("holds 200 groups", async () => {
    const names = Array.from({ length: 200 }, (_, n) => `many-${n}`);
    await installation.db.group.createMany({ data: names.map((name) => ({ name, externalId: name })) });
    const { id } = await make("Many");
    expect(await edit(id, { members: { groups: names } })).toMatchObject({ ok: true });
    expect(await installation.db.policyGroup.count({ where: { policyId: id } })).toBe(200);
  });
});

describe("locking every administrator out", () => {
  it("is refused, whether by editing, by moving or by deleting", async () => {
    const admins = await installation.db.policy.findFirstOrThrow({ where: { name: "Administrators" } });
    const { id, version } = admins;
    expect(await edit(id, { version, use: false })).toMatchObject({ refusal: { code: "last_admin" } });
    expect(await edit(id, { version, members: { groups: ["api-users"] } })).toMatchObject({
      refusal: { code: "last_admin" },
    });
    const gone = await execute(installation.db, deletePolicy, operator(), { id, version }, NOW);
    expect(gone).toMatchObject({ refusal: { code: "last_admin" } });
    const below = await make("No one", { priority: 2, members: { groups: ["admins"] } });
    expect(await move(below.id, 1, id)).toMatchObject({ refusal: { code: "last_admin" } });
    expect(await installation.db.policy.findUnique({ where: { id } })).toEqual(admins);
  });
});

describe("moving a tier", () => {
  it("passes the numbers on, so that each stays unique and nobody else changes places", async () => {
    const [a, b, c] = [await make("move a"), await make("move b"), await make("move c")];
    const before = await installation.db.policy.findMany({ orderBy: { priority: "desc" } });
    expect(await move(a.id, 1, c.id)).toMatchObject({ value: { output: { priority: c.priority, version: 2 } } });
    const names = await order();
    expect(names.indexOf("move a")).toBe(names.indexOf("move c") - 1);
    expect(names.indexOf("move c")).toBe(names.indexOf("move b") - 1);
    const after = await installation.db.policy.findMany({ orderBy: { priority: "desc" } });
    expect(after.map((each) => each.priority)).toEqual(before.map((each) => each.priority));
    expect(after.find(({ id }) => id === b.id)?.version).toBe(2);
    expect(await lastEvent()).toMatchObject({ action: "policy.moved", subjectName: "move a" });
  });

  it("goes to the very bottom, and does nothing where it stands already", async () => {
    const { id } = await make("to the bottom");
    expect(await move(id, 1, null)).toMatchObject({ ok: true });
    expect((await order()).at(-1)).toBe("to the bottom");
    expect(await move(id, 2, null)).toMatchObject({ value: { repeated: true } });
    expect(await move(id, 2, "0190d4a5-0000-7000-8000-00000000000b")).toMatchObject({
      refusal: { errors: [{ path: "above" }] },
    });
  });

  it("is decided once when two administrators exchange the same two", async () => {
    const [lower, upper] = [await make("race lower"), await make("race upper")];
    const both = await Promise.all([move(lower.id, 1, upper.id), move(upper.id, 1, lower.id)]);
    const said = both.map((each) => (each.ok ? (each.value.repeated ? "same" : "done") : each.refusal.code)).sort();
    expect(["done,same", "done,stale"]).toContain(said.join(","));
  });

  it("is for administrators", async () => {
    const { id } = await make("moving verdicts");
    const versionOf = async () => (await installation.db.policy.findUniqueOrThrow({ where: { id } })).version;
    const input = async () => ({ id, version: await versionOf(), above: null });
    expect(await verdicts(installation, movePolicy, cast, input, NOW)).toEqual(HIDDEN);
  });
});

describe("deleting a tier", () => {
  it("leaves its members to the next that matches, and the log with what it was", async () => {
    const { id } = await make("to delete");
    const gone = await execute(installation.db, deletePolicy, operator(), { id, version: 1 }, NOW);
    expect(gone).toMatchObject({ value: { output: { name: "to delete" } } });
    expect(await lastEvent()).toMatchObject({ action: "policy.deleted", detail: { after: null } });
    expect(await execute(installation.db, deletePolicy, operator(), { id, version: 1 }, NOW)).toMatchObject({
      refusal: { code: "not_found" },
    });
  });

  it("of a version that somebody changed meanwhile is stale", async () => {
    const { id } = await make("changed meanwhile");
    await edit(id, { name: "changed" });
    const gone = await execute(installation.db, deletePolicy, operator(), { id, version: 1 }, NOW);
    expect(gone).toMatchObject({ refusal: { code: "stale" } });
  });
});

describe("looking at a draft", () => {
  it("is for administrators and auditors, refuses what saving would, and changes nothing", async () => {
    const { id } = await make("draft");
    const draft = draftInput.parse({ change: "policy.edit", id, members: { groups: ["admins"] } });
    const seen = await previewChange(cast.auditor, draft);
    expect(seen).toMatchObject({ value: { needsChoice: false, tokens: { affected: 0, first: [] } } });
    expect(await previewChange(cast.user, draft)).toMatchObject({ refusal: { code: "forbidden" } });
    const wrong = draftInput.parse({ change: "policy.edit", id, members: { groups: ["none"] } });
    expect(await previewChange(cast.admin, wrong)).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await installation.db.policy.findUnique({ where: { id } })).toMatchObject({ version: 1 });
  });

  it("counts who changes tier, from which to which", async () => {
    for (const name of ["m1", "m2", "m3"]) await installation.person(name, ["movers"]);
    await installation.person("gone", ["movers"]);
    await installation.db.user.update({ where: { usernameKey: "gone" }, data: { deactivatedAt: new Date(NOW) } });
    const draft = { change: "policy.create", name: "Movers", priority: 5_000, members: { groups: ["movers"] } };
    expect(await previewChange(cast.admin, draftInput.parse(draft))).toMatchObject({
      value: { people: { moving: 3, moves: [{ from: null, to: "Movers", people: 3 }] } },
    });
  });
});
