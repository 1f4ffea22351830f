import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { type Cast, castOf } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { endOneSessionOf } from "./end-one-of";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const end = async (actor: Actor, id: string, session: string, now = NOW) => {
  const done = await execute(installation.db, endOneSessionOf, actor, { id, session }, now);
  return done.ok ? (done.value.repeated ? "again" : "ended") : done.refusal.code;
};
const signedInTwice = async (username: string) => {
  const { id } = await installation.person(username);
  const [one, other] = [await installation.viewer(username), await installation.viewer(username)];
  return { id, one: one.sessionId, other: other.sessionId };
};
const standing = async (id: string) =>
  (await installation.db.session.findMany({ where: { userId: id, endedAt: null }, select: { id: true } })).map(
    (session) => session.id,
  );

describe("ending one session of somebody", () => {
  it("ends that one and no other, and says in the log from where it was; a second time changes nothing", async () => {
    const { id, one, other } = await signedInTwice("vera");
    expect(await end(cast.admin, id, one)).toBe("ended");
    expect(await standing(id)).toEqual([other]);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({
      action: "user.session-ended",
      subjectName: "vera",
      detail: { before: { session: one, address: "192.0.2.1" }, after: null },
    });
    expect(await end(cast.admin, id, one)).toBe("again");
  });

  it("is for administrators who have just proved that it is them; others do not see the person", async () => {
    const { id, one } = await signedInTwice("walt");
    expect(await end(cast.user, id, one)).toBe("not_found");
    expect(await end(cast.auditor, id, one)).toBe("forbidden");
    expect(await end(cast.admin, id, one, NOW + 11 * 60_000)).toBe("step_up_required");
    expect(await standing(id)).toContain(one);
  });

  it("finds no session of somebody else, and none that is unknown", async () => {
    const { id } = await signedInTwice("xena");
    const { one } = await signedInTwice("yan");
    expect(await end(cast.admin, id, one)).toBe("not_found");
    expect(await end(cast.admin, id, "0190d4a5-0000-7000-8000-00000000000a")).toBe("not_found");
    expect(await end(cast.admin, id, "nothing")).toBe("invalid_input");
  });
});
