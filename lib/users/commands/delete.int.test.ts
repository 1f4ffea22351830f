import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { deactivateUser } from "./deactivate";
import { deleteUser } from "./delete";
import { editUser } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const remove = (id: string, actor: Actor = operator()) => execute(installation.db, deleteUser, actor, { id }, NOW);

describe("deleting a user", () => {
  it("is for administrators; who sees no users does not find them", async () => {
    const { person } = installation;
    const made = async (who: string) => ({ id: (await person(`made for ${who}`)).id });
    expect(await verdicts(installation, deleteUser, cast, made, NOW)).toEqual({ ...ADMINS_ONLY, user: "not_found" });
  });

  it("made by mistake takes names and memberships along, and the log keeps what they were", async () => {
    const { db, person } = installation;
    const { id } = await person("mistaek", ["api-users"]);
    await execute(db, editUser, operator(), { id, version: 1, aliases: ["typo"] }, NOW);
    await execute(db, deactivateUser, operator(), { id }, NOW);
    expect(await remove(id)).toMatchObject({ value: { output: { username: "mistaek" } } });
    expect(await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "user.deleted",
      subjectName: "mistaek",
      detail: { before: { groups: ["api-users"], aliases: ["typo"] }, after: null },
    });
    expect(await db.membership.count({ where: { userId: id } })).toBe(0);
    expect(await person("typo")).toMatchObject({ username: "typo" });
    expect(await remove(id)).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("is refused for whoever has a history, and says which", async () => {
    const { db, person, viewer } = installation;
    const owner = await person("owner");
    await db.token.create({
      data: { ownerId: owner.id, name: "old", createdBy: "owner", grantBy: "tier", access: "read" },
    });
    expect(await remove(owner.id)).toMatchObject({ refusal: { code: "in_use", detail: /1 token\b.*Deactivate/ } });
    await person("visitor");
    const visitor = await viewer("visitor");
    expect(await remove(visitor.userId)).toMatchObject({ refusal: { code: "in_use", detail: /1 session/ } });
    const keeper = await person("keeper");
    await db.user.create({
      data: {
        ...{ kind: "service", username: "kept", usernameKey: "kept", displayName: "Kept" },
        maintainers: { create: { userId: keeper.id } },
      },
    });
    expect(await remove(keeper.id)).toMatchObject({ refusal: { code: "in_use" } });
    expect(await db.user.count({ where: { username: { in: ["owner", "visitor", "keeper"] } } })).toBe(3);
  });

  it("is never done to oneself, nor to the last administrator", async () => {
    const ann = await installation.db.user.findFirstOrThrow({ where: { username: "ann" } });
    expect(await remove(ann.id, cast.admin)).toMatchObject({ refusal: { code: "forbidden" } });
    await installation.db.session.deleteMany({ where: { userId: ann.id } });
    const left = await remove(ann.id);
    expect(["in_use", "last_admin"]).toContain(left.ok ? "done" : left.refusal.code);
    expect(await installation.db.user.count({ where: { id: ann.id } })).toBe(1);
  });
});
