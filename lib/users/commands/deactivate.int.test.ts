import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { deactivateUser } from "./deactivate";
import { reactivateUser } from "./reactivate";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const deactivate = (id: string, actor: Actor = operator()) =>
  execute(installation.db, deactivateUser, actor, { id }, NOW);
const reactivate = (id: string, actor: Actor = operator()) =>
  execute(installation.db, reactivateUser, actor, { id }, NOW);
const idOf = async (username: string) =>
  (await installation.db.user.findFirstOrThrow({ where: { username }, select: { id: true } })).id;
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
const withPassword = async (username: string) => {
  const { id } = await installation.person(username, ["admins"]);
  await installation.db.passwordCredential.create({ data: { userId: id, hash: "-" } });
  return id;
};

const SEEN_BY_ROLE = {
  nobody: "unauthenticated",
  user: "not_found",
  auditor: "forbidden",
  admin: "done",
  "read token": "forbidden",
  "write token": "done",
  cli: "done",
};

describe("deactivating a user", () => {
  it("is for administrators; auditors see but may not, others do not even see", async () => {
    const said = await verdicts(
      installation,
      deactivateUser,
      cast,
      async (who) => ({ id: (await installation.person(`leaves by ${who}`)).id }),
      NOW,
    );
    expect(said).toEqual(SEEN_BY_ROLE);
  });

  it("ends every session at once, and says in the log how many", async () => {
    const { id } = await installation.person("vera");
    await installation.viewer("vera");
    await installation.viewer("vera");
    const done = await deactivate(id);
    expect(done).toMatchObject({
      ok: true,
      value: { output: { deactivatedAt: "2026-11-22T12:00:00.000Z", version: 2 } },
    });
    expect(await installation.db.session.count({ where: { userId: id, endedAt: null } })).toBe(0);
    expect(await lastEvent()).toMatchObject({
      action: "user.deactivated",
      subjectId: id,
      detail: { before: { deactivatedAt: null }, after: { endedSessions: 2 } },
    });
  });

  it("twice is a repetition: one event, one version, and the first date stays", async () => {
    const { id } = await installation.person("wim");
    await deactivate(id);
    const events = await installation.db.auditEvent.count();
    const again = await execute(installation.db, deactivateUser, operator(), { id }, NOW + 5_000);
    expect(again).toMatchObject({
      ok: true,
      value: { repeated: true, enforcement: null, output: { deactivatedAt: "2026-11-22T12:00:00.000Z", version: 2 } },
    });
    expect(await installation.db.auditEvent.count()).toBe(events);
  });

  it("of one user by many at once happens once", async () => {
    const { id } = await installation.person("xena");
    const all = await Promise.all(Array.from({ length: 5 }, () => deactivate(id)));
    expect(all.filter((done) => done.ok && !done.value.repeated)).toHaveLength(1);
    expect(await installation.db.auditEvent.count({ where: { subjectId: id } })).toBe(1);
  });

  it("does not find who does not exist", async () => {
    const unknown = "0190d4a5-0000-7000-8000-0000000000ff";
    expect(await deactivate(unknown)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await deactivate("1")).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "id" }] } });
  });
});

describe("reactivating a user", () => {
  it("wants a person in a session to be present: whoever comes back has their power back", async () => {
    const { id } = await installation.person("back late");
    await deactivate(id);
    const late = await execute(installation.db, reactivateUser, cast.admin, { id }, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("undoes it, once, with its own event", async () => {
    const { id } = await installation.person("yuri");
    await deactivate(id);
    expect(await reactivate(id)).toMatchObject({ ok: true, value: { output: { deactivatedAt: null, version: 3 } } });
    expect(await lastEvent()).toMatchObject({ action: "user.reactivated", detail: { after: { deactivatedAt: null } } });
    expect(await reactivate(id)).toMatchObject({ ok: true, value: { repeated: true } });
  });

  it("is for administrators", async () => {
    const { id } = await installation.person("zoe");
    await deactivate(id);
    const said = await verdicts(installation, reactivateUser, cast, () => ({ id }), NOW);
    expect(said).toEqual(SEEN_BY_ROLE);
  });
});

describe("the last administrator", () => {
  it("cannot be deactivated, by whomever", async () => {
    const ann = await idOf("ann");
    expect(await deactivate(ann)).toMatchObject({ refusal: { code: "last_admin" } });
    for (const self of [cast.admin, cast["write token"]]) {
      expect(await deactivate(ann, self)).toMatchObject({ refusal: { code: "forbidden" } });
    }
  });

  it("is the last one who can sign in, if others have no password", async () => {
    const able = await withPassword("able");
    expect(await deactivate(able)).toMatchObject({ refusal: { code: "last_admin" } });
    const heir = await withPassword("heir");
    expect(await deactivate(able)).toMatchObject({ ok: true });
    expect(await deactivate(heir)).toMatchObject({ refusal: { code: "last_admin" } });
    await reactivate(able);
  });

  it("stays when the last two are deactivated at once", async () => {
    await deactivate(await idOf("ann"));
    const both = await Promise.all([deactivate(await idOf("able")), deactivate(await idOf("heir"))]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "last_admin"]);
    await reactivate(await idOf("ann"));
    await reactivate(await idOf("able"));
    await reactivate(await idOf("heir"));
  });

  it("or any other does not deactivate themselves", async () => {
    const done = await deactivate(await idOf("ann"), cast.admin);
    expect(done).toMatchObject({ refusal: { code: "forbidden" } });
  });
});
