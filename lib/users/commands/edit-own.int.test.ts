import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { editOwnAccount } from "./edit-own";

const NOW = Date.UTC(2026, 10, 22, 12);
const LATER = NOW + 11 * 60_000;
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
});
afterAll(() => installation.close());

const made = async (username: string) => {
  await installation.person(username);
  return installation.viewer(username);
};
const edit = (actor: Actor, changes: object, version = 1, now = NOW) =>
  execute(installation.db, editOwnAccount, actor, { version, ...changes }, now);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("one's own account", () => {
  it("is changed by oneself in a session, never by a token or the operator", async () => {
    const cast = await castOf(installation);
    expect(await verdicts(installation, editOwnAccount, cast, () => ({ version: 1 }), NOW)).toEqual({
      ...{ nobody: "unauthenticated", user: "done", auditor: "done", admin: "done", cli: "forbidden" },
      ...{ "read token": "forbidden", "write token": "forbidden" },
    });
  });

  it("changes its name, in any alphabet, without anybody being asked again, and the log says so", async () => {
    const ada = await made("ada");
    const done = await edit(ada, { displayName: "عائشة 李" }, 1, LATER);
    expect(done).toMatchObject({ value: { output: { displayName: "عائشة 李", username: "ada", version: 2 } } });
    expect(await lastEvent()).toMatchObject({
      ...{ action: "user.edited", actorName: "ada", subjectName: "ada" },
      detail: { before: { displayName: "ada" }, after: { displayName: "عائشة 李" } },
    });
    const { seq } = await lastEvent();
    expect(await edit(ada, { displayName: "عائشة 李" }, 2)).toMatchObject({ value: { repeated: true } });
    expect((await lastEvent()).seq).toBe(seq);
    expect(await edit(ada, { displayName: "" }, 2)).toMatchObject({ value: { output: { displayName: "ada" } } });
  });

  it("changes its e-mail address only after its owner showed that it is them; the old one stays an alias", async () => {
    const bo = await made("bo");
    expect(await edit(bo, { email: "bo@example.com" }, 1, LATER)).toMatchObject({
      refusal: { code: "step_up_required" },
    });
    await edit(bo, { email: "bo@example.com" });
    const moved = await edit(bo, { email: "bo@new.example" }, 2);
    expect(moved).toMatchObject({
      value: { output: { email: "bo@new.example", aliases: ["bo@example.com", "bo@new.example"] } },
    });
    expect(await edit(bo, { email: null }, 3)).toMatchObject({ value: { output: { email: null } } });
  });

  it("takes nobody else's name: neither address, nor username, nor former name, whatever its case", async () => {
    await edit(await made("cy"), { email: "cy@example.com" });
    await installation.person("who@example.com");
    const dee = await made("dee");
    for (const email of ["CY@Example.com", "WHO@example.com"]) {
      expect(await edit(dee, { email })).toMatchObject({
        refusal: { code: "already_exists", errors: [{ path: "email" }] },
      });
    }
    const eve = await made("eve");
    const both = await Promise.all([dee, eve].map((actor) => edit(actor, { email: "same@example.com" })));
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
  });

  it("gathers no names without end", async () => {
    const flo = await made("flo");
    const userId = flo.userId;
    const aliases = Array.from({ length: 20 }, (_, n) => ({ userId, key: `flo-${n}`, alias: `flo-${n}` }));
    await installation.db.userAlias.createMany({ data: aliases });
    expect(await edit(flo, { email: "one-more@example.com" })).toMatchObject({ refusal: { code: "quota_exceeded" } });
    expect(await edit(flo, { displayName: "Flo" })).toMatchObject({ ok: true });
  });

  it("stays as its directory delivers it", async () => {
    const gil = await made("gil");
    await installation.db.user.update({
      where: { id: gil.userId },
      data: { source: "https://id.example", externalId: "gil" },
    });
    expect(await edit(gil, { displayName: "Gilbert" })).toMatchObject({
      refusal: { code: "forbidden", errors: [{ path: "displayName" }] },
    });
    expect(await edit(gil, { displayName: "gil", email: null })).toMatchObject({ value: { repeated: true } });
  });

  it("is decided once between two tabs, and changes nothing but what it names", async () => {
    const hal = await made("hal");
    const both = await Promise.all(["One", "Two"].map((displayName) => edit(hal, { displayName })));
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "stale"]);
    for (const more of [{ role: "admin" }, { groups: ["admins"] }, { username: "root" }, { aliases: [] }]) {
      expect(await edit(hal, more, 2)).toMatchObject({ refusal: { code: "invalid_input" } });
    }
    expect(await edit(hal, { displayName: "x".repeat(201) }, 2)).toMatchObject({ refusal: { code: "invalid_input" } });
  });
});
