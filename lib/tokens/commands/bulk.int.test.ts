import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createDelegation } from "#lib/delegations/commands/create";
import { Operations } from "#lib/jobs/operations";
import { refusalsOf, showOperation } from "#lib/operations/queries";
import { castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation } from "#test/installation";
import { DAY, NOON } from "#test/rules";
import { seedToken } from "#test/seeded";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { CHUNK } from "../bulk/schema";
import { beginBulk } from "./begin-bulk";
import { continueBulk } from "./continue-bulk";
import { rotateToken } from "./rotate";

let world: TokenWorld;
let operations: Operations;
beforeAll(async () => {
  world = await createTokenWorld();
  operations = new Operations(world.installation.db);
});
afterAll(() => world.installation.close());

const begun = async (input: object, actor = world.ann): Promise<string> => {
  const done = await world.run(beginBulk, actor, input);
  if (typeof done === "string") throw new Error(`refused: ${done}`);
  return done.id;
};
const untilDone = async () => {
  while (await operations.turn(NOON));
};
const result = async (id: string, viewer = world.ann) => {
  const shown = await showOperation(viewer, id);
  return shown.ok ? shown.value : shown.refusal.code;
};
const idsOf = async (count: number, some: object = {}) => {
  const { db } = world.installation;
  const all = Array.from({ length: count }, () =>
    seedToken(db, world.ada.userId, { createdAt: new Date(NOON), ...some }),
  );
  return (await Promise.all(all)).map(({ id }) => id);
};
const eventsOf = (ids: readonly string[], action: string) =>
  world.installation.db.auditEvent.count({ where: { subjectId: { in: [...ids] }, action } });
const byIds = (action: string, ids: readonly string[], some: object = {}) => ({
  ...{ action, ids, expected: ids.length },
  ...some,
});

describe("many tokens", () => {
  it("are done one after the other, each told in the log as by whoever began it, and what is refused says why", async () => {
    const ids = await idsOf(3);
    const gone = randomUUID();
    const id = await begun(byIds("revoke", [...ids, gone], { reason: "policy", note: "clean-up" }));
    expect(await result(id)).toMatchObject({ matched: 4, done: 0, finishedAt: null, enforcement: null });
    await untilDone();
    expect(await result(id)).toMatchObject({
      ...{ action: "revoke", by: "ann", matched: 4, done: 3, finishedAt: new Date(NOON).toISOString() },
      refused: [{ id: gone, code: "not_found" }],
      enforcement: { sequence: expect.stringMatching(/^\d+$/), outstanding: [] },
    });
    const rows = await world.installation.db.token.findMany({ where: { id: { in: ids } } });
    expect(rows.map((row) => [row.revokedBy, row.revocationReason, row.revocationNote, row.version])).toEqual(
      ids.map(() => ["ann", "policy", "clean-up", 2]),
    );
    const events = await world.installation.db.auditEvent.findMany({
      orderBy: { seq: "asc" },
      where: { actorName: "ann" },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "token.bulk-begun",
      ...ids.map(() => "token.revoked"),
      "token.bulk-finished",
    ]);
    expect(events.at(-1)?.detail).toMatchObject({ after: { operation: id, done: 3, refused: 1 } });
    const { reasons } = await refusalsOf(world.ann, id);
    expect(reasons).toMatchObject([{ code: "not_found", count: 1 }]);
  });

  it("that a filter finds are taken when it begins: what comes to match later is not meant", async () => {
    const [first] = await idsOf(1, { name: "frozen one" });
    const id = await begun({ action: "suspend", filter: { q: "frozen" }, expected: 1 });
    const [later] = await idsOf(1, { name: "frozen two" });
    await untilDone();
    expect(await result(id)).toMatchObject({ matched: 1, done: 1 });
    const rows = await world.installation.db.token.findMany({
      where: { id: { in: [first ?? "", later ?? ""] } },
      orderBy: { name: "asc" },
    });
    expect(rows.map(({ suspendedAt }) => suspendedAt !== null)).toEqual([true, false]);
  });

  it("of which another number is expected are not begun with", async () => {
    await idsOf(2, { name: "counted" });
    const done = await execute(
      ...([world.installation.db, beginBulk, world.ann] as const),
      { action: "resume", filter: { q: "counted" }, expected: 3 },
      NOON,
    );
    expect(done).toMatchObject({ refusal: { code: "stale", errors: [{ path: "expected", message: "2" }] } });
    expect(await world.run(beginBulk, world.ann, { action: "resume", filter: { q: "counted" } })).toBe("invalid_input");
    expect(await world.run(beginBulk, world.ann, { action: "resume", filter: { q: "no such" }, expected: 0 })).toBe(
      "invalid_input",
    );
  });

  it("are suspended, go on and end at another time", async () => {
    const ids = await idsOf(2);
    const now = async () => {
      const rows = await world.installation.db.token.findMany({ where: { id: { in: ids } } });
      return rows.map(({ suspendedAt, expiresAt }) => [suspendedAt !== null, expiresAt?.toISOString()]);
    };
    await begun(byIds("suspend", ids));
    await untilDone();
    expect((await now()).map(([held]) => held)).toEqual([true, true]);
    await begun(byIds("resume", ids));
    const end = new Date(NOON + 3 * DAY).toISOString();
    await begun(byIds("change-expiry", ids, { expiresAt: end }));
    await untilDone();
    expect(await now()).toEqual([
      [false, end],
      [false, end],
    ]);
    expect(await eventsOf(ids, "token.edited")).toBe(2);
  });

  it("of which one is being rotated take its old secret with them", async () => {
    const { token } = await world.made();
    const rotated = await world.run(rotateToken, world.ada, { id: token.id, overlap: "7d" });
    if (typeof rotated === "string") throw new Error(rotated);
    const id = await begun(byIds("revoke", [rotated.token.id]));
    await untilDone();
    expect(await result(id)).toMatchObject({ done: 1, refusedCount: 0 });
    expect(await eventsOf([token.id, rotated.token.id], "token.revoked")).toBe(2);
  });

  it("are not done twice when two work on them at once, nor when two want the same", async () => {
    const ids = await idsOf(20);
    const both = [await begun(byIds("revoke", ids)), await begun(byIds("revoke", ids))];
    const [first = ""] = both;
    await Promise.all(
      [1, 2, 3].map(() => execute(world.installation.db, continueBulk, world.ann, { id: first }, NOON)),
    );
    await untilDone();
    expect(await eventsOf(ids, "token.revoked")).toBe(20);
    for (const id of both) expect(await result(id)).toMatchObject({ matched: 20, done: 20, refusedCount: 0 });
    expect(await operations.turn(NOON)).toBe(false);
  });

  it("more than have one turn are done turn by turn", async () => {
    await world.fill("bob", CHUNK + 5);
    const id = await begun({ action: "revoke", filter: { owner: "bob" }, expected: CHUNK + 5 });
    await operations.turn(NOON);
    expect(await result(id)).toMatchObject({ done: CHUNK, finishedAt: null });
    await untilDone();
    expect(await result(id)).toMatchObject({ done: CHUNK + 5, finishedAt: expect.any(String) });
  });
});

describe("whoever began it", () => {
  it("is judged anew at each turn: who has lost the delegation meanwhile changes nothing any more", async () => {
    const { db } = world.installation;
    await db.group.create({ data: { name: "desk", externalId: "desk" } });
    const issue = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1 };
    const desk = { name: "Desk", delegates: ["desk"], powers: ["end"], scope: { everyone: true }, issue };
    await outputOf(execute(db, createDelegation, operator(), desk, NOON));
    await world.installation.person("dee", ["desk"]);
    const dee = await world.installation.viewer("dee");
    await world.fill("ann", CHUNK + 1);
    const id = await begun({ action: "suspend", filter: { owner: "ann", status: "active" }, expected: CHUNK + 1 }, dee);
    await operations.turn(NOON);
    await db.membership.deleteMany({ where: { userId: dee.userId } });
    await untilDone();
    expect(await result(id, dee)).toMatchObject({ done: CHUNK, refused: [{ code: "not_found" }] });
  });

  it("and is deactivated meanwhile, or whose session somebody ends, leaves the rest undone, which it says", async () => {
    const { db } = world.installation;
    await world.installation.person("deb", ["admins"]);
    const deb = await world.installation.viewer("deb");
    const ids = await idsOf(2);
    const first = await begun(byIds("revoke", ids), deb);
    const again = async (data: object) => db.session.update({ where: { id: deb.sessionId }, data });
    await again({ endedAt: new Date(NOON), endReason: "ended by ann" });
    await untilDone();
    expect(await result(first)).toMatchObject({ matched: 2, done: 0, refusedCount: 2, enforcement: null });
    await again({ endedAt: new Date(NOON), endReason: "signed out" });
    const second = await begun(byIds("suspend", ids.slice(0, 1)), deb);
    await untilDone();
    expect(await result(second)).toMatchObject({ done: 1 });
    const third = await begun(byIds("revoke", ids), deb);
    await db.user.update({ where: { id: deb.userId }, data: { deactivatedAt: new Date(NOON) } });
    await untilDone();
    expect(await result(third)).toMatchObject({
      done: 0,
      refused: ids.toSorted().map((id) => ({ id, code: "forbidden" })),
    });
    const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(last).toMatchObject({ action: "token.bulk-finished", actorName: "operations" });
    expect(JSON.stringify(last.detail)).toContain("Whoever began it");
  });

  it("is the only one to see it, besides administrators and auditors", async () => {
    const [one = ""] = await idsOf(1);
    const id = await begun(byIds("suspend", [one]));
    expect(await result(id, world.ada)).toBe("not_found");
    expect(await showOperation(operator(), id)).toMatchObject({ ok: true });
    expect(await showOperation(world.ann, "nonsense")).toMatchObject({ refusal: { code: "not_found" } });
    await untilDone();
  });

  it("has no more than a few at a time", async () => {
    const [one = ""] = await idsOf(1);
    for (let n = 0; n < 5; n += 1) await begun(byIds("suspend", [one]));
    expect(await world.run(beginBulk, world.ann, byIds("suspend", [one]))).toBe("too_many_requests");
    await untilDone();
  });

  it("must have the power for it over somebody, has proved that it is them, and comes by page or script", async () => {
    const other = await createInstallation(NOON);
    const cast = await castOf(other);
    const id = randomUUID();
    expect(await verdicts(other, beginBulk, cast, () => byIds("revoke", [id]), NOON)).toEqual({
      ...{ nobody: "unauthenticated", user: "forbidden", auditor: "forbidden", admin: "done" },
      ...{ "read token": "forbidden", "write token": "done", cli: "forbidden" },
    });
    const late = await execute(other.db, beginBulk, cast.admin, byIds("revoke", [id]), NOON + DAY);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
    await other.close();
  });
});
