import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { operator, sessionViewer } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Cast, castOf } from "#test/actors";
import { outputOf } from "#test/api";
import { codeAt, enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { MOST_FACTORS, SET_UP_MS } from "../factor";
import { STEP_MS } from "../totp";
import { confirmTotp } from "./confirm-totp";
import { removeFactor } from "./remove";
import { renewCodes } from "./renew-recovery-codes";
import { resetFactors } from "./reset";
import { startTotp } from "./start-totp";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

let made = 0;
async function somebody(groups: readonly string[] = []): Promise<SessionViewer> {
  made += 1;
  await installation.person(`person-${made}`, groups);
  return installation.viewer(`person-${made}`);
}
const without = (viewer: SessionViewer) => sessionViewer({ ...viewer, secondFactor: false });
const begin = (viewer: SessionViewer, now = NOW) => outputOf(execute(installation.db, startTotp, viewer, {}, now));
const confirm = (viewer: SessionViewer, id: string, code: string, now = NOW) =>
  execute(installation.db, confirmTotp, viewer, { id, code }, now);
const remove = (viewer: SessionViewer, id: string) => execute(installation.db, removeFactor, viewer, { id }, NOW);

describe("setting up an authenticator app", () => {
  it("counts from its first code on, and brings ten recovery codes this once", async () => {
    const viewer = without(await somebody());
    const { id, secret } = await begin(viewer);
    expect(await confirm(viewer, id, "000000")).toMatchObject({ refusal: { errors: [{ path: "code" }] } });
    const { recoveryCodes } = await outputOf(confirm(viewer, id, codeAt(secret, NOW)));
    expect(recoveryCodes).toHaveLength(10);
    const session = await installation.db.session.findUniqueOrThrow({ where: { id: viewer.sessionId } });
    expect(session.secondFactorAt?.getTime()).toBe(NOW);
    expect(await confirm(viewer, id, codeAt(secret, NOW + STEP_MS))).toMatchObject({ refusal: { code: "not_found" } });
    const another = await begin(await somebodyWithFactor(viewer));
    expect(another.id).not.toBe(id);
  });

  it("ends every other session with the first one, for none of them proved any", async () => {
    const viewer = await somebody();
    const elsewhere = await installation.viewer(viewer.username);
    await enrol(installation, viewer, NOW);
    const stands = async ({ sessionId }: SessionViewer) =>
      (await installation.db.session.findUniqueOrThrow({ where: { id: sessionId } })).endedAt === null;
    expect([await stands(viewer), await stands(elsewhere)]).toEqual([true, false]);
  });

  it("is over after a quarter of an hour, by beginning again, and for anybody else", async () => {
    const slow = await somebody();
    const begun = await begin(slow);
    const late = NOW + SET_UP_MS;
    const fresh = sessionViewer({ ...slow, steppedUpAt: late });
    const over = await confirm(fresh, begun.id, codeAt(begun.secret, late), late);
    expect(over).toMatchObject({ refusal: { code: "not_found" } });
    const viewer = await somebody();
    const { id, secret } = await begin(viewer);
    expect(await confirm(await somebody(), id, codeAt(secret, NOW))).toMatchObject({ refusal: { code: "not_found" } });
    await begin(viewer);
    expect(await confirm(viewer, id, codeAt(secret, NOW))).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("is not for a session from before the first factor, nor without a fresh proof, nor without end", async () => {
    const viewer = await somebody();
    await enrol(installation, viewer, NOW);
    const old = await execute(installation.db, startTotp, without(viewer), {}, NOW);
    expect(old).toMatchObject({ refusal: { code: "forbidden" } });
    const stale = sessionViewer({ ...viewer, steppedUpAt: NOW - 11 * 60_000 });
    const unconfirmed = await execute(installation.db, startTotp, stale, {}, NOW);
    expect(unconfirmed).toMatchObject({ refusal: { code: "step_up_required" } });
    for (let count = 1; count < MOST_FACTORS; count += 1) await enrol(installation, viewer, NOW);
    const more = await execute(installation.db, startTotp, viewer, {}, NOW);
    expect(more).toMatchObject({ refusal: { code: "quota_exceeded" } });
  });

  it("keeps the secret sealed for its row, and out of the log", async () => {
    const viewer = await somebody();
    const { id, secret } = await begin(viewer);
    const row = await installation.db.secondFactor.findUniqueOrThrow({ where: { id }, select: { sealed: true } });
    expect(Buffer.from(row.sealed ?? []).includes(secret)).toBe(false);
    const { id: other, secret: theirs } = await begin(await somebody());
    await installation.db.secondFactor.update({ where: { id: other }, data: { sealed: row.sealed } });
    const moved = await installation.db.secondFactor.findUniqueOrThrow({ where: { id: other } });
    expect(moved).not.toHaveProperty("sealed"); // never, unless asked for by name
    const owner = sessionViewer({ ...viewer, userId: moved.userId });
    expect(await confirm(owner, other, codeAt(secret, NOW))).toMatchObject({ refusal: { code: "not_found" } });
    const log = JSON.stringify(await installation.db.auditEvent.findMany({ select: { detail: true } }));
    for (const each of [secret, theirs]) expect(log).not.toContain(each);
  });
});

const somebodyWithFactor = async (viewer: SessionViewer) => sessionViewer({ ...viewer, secondFactor: true });

describe("removing a factor", () => {
  it("takes the last one, and the recovery codes with it, only where no role needs it", async () => {
    const viewer = await somebody();
    const app = await enrol(installation, viewer, NOW);
    expect(await remove(without(viewer), app.id)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await remove(viewer, app.id)).toMatchObject({ value: { output: { left: 0 } } });
    expect(await installation.db.recoveryCode.count({ where: { userId: viewer.userId } })).toBe(0);
    const admin = await somebody(["admins"]);
    const [first, second] = [await enrol(installation, admin, NOW), await enrol(installation, admin, NOW)];
    const both = await Promise.all([remove(admin, first.id), remove(admin, second.id)]);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    expect(await installation.db.secondFactor.count({ where: { userId: admin.userId } })).toBe(1);
  });

  it("is for its person alone: others do not learn that it exists", async () => {
    const viewer = await somebody();
    const app = await enrol(installation, viewer, NOW);
    expect(await remove(await somebody(), app.id)).toMatchObject({ refusal: { code: "not_found" } });
  });
});

describe("new recovery codes", () => {
  it("replace the old ones, for who has a factor and proved it", async () => {
    const viewer = await somebody();
    const renew = (who: SessionViewer) => execute(installation.db, renewCodes, who, {}, NOW);
    expect(await renew(viewer)).toMatchObject({ refusal: { code: "forbidden" } });
    await enrol(installation, viewer, NOW);
    expect(await renew(without(viewer))).toMatchObject({ refusal: { code: "forbidden" } });
    const first = await outputOf(renew(viewer));
    const second = await outputOf(renew(viewer));
    expect(new Set([...first.recoveryCodes, ...second.recoveryCodes]).size).toBe(20);
    expect(await installation.db.recoveryCode.count({ where: { userId: viewer.userId } })).toBe(10);
  });
});

describe("resetting somebody's factors", () => {
  const reset = (actor: Parameters<typeof execute>[2], id: string) =>
    execute(installation.db, resetFactors, actor, { id }, NOW);
  const codeOf = (done: Awaited<ReturnType<typeof reset>>) => (done.ok ? "done" : done.refusal.code);

  it("is for administrators in a session, never for scripts, and not for oneself", async () => {
    const { userId } = await somebody();
    const said: Record<string, string> = {};
    for (const [who, actor] of Object.entries(cast)) said[who] = codeOf(await reset(actor, userId));
    const refused = { nobody: "unauthenticated", "read token": "forbidden", "write token": "forbidden" };
    expect(said).toEqual({ ...refused, user: "not_found", auditor: "forbidden", admin: "done", cli: "done" });
    expect(codeOf(await reset(cast.admin, cast.admin.userId))).toBe("forbidden");
    expect(codeOf(await reset(operator(), cast.admin.userId))).toBe("done");
  });

  it("takes factors and codes, ends the sessions, and is told in the log", async () => {
    const viewer = await somebody(["admins"]);
    await enrol(installation, viewer, NOW);
    expect(await reset(cast.admin, viewer.userId)).toMatchObject({
      value: { output: { removed: 1 }, repeated: false },
    });
    expect(await reset(cast.admin, viewer.userId)).toMatchObject({ value: { output: { removed: 0 }, repeated: true } });
    const where = { userId: viewer.userId };
    expect(await installation.db.recoveryCode.count({ where })).toBe(0);
    expect(await installation.db.session.count({ where: { ...where, endedAt: null } })).toBe(0);
    const told = await installation.db.auditEvent.findFirstOrThrow({
      where: { action: "user.factors-reset", subjectId: viewer.userId },
    });
    expect(told.detail).toMatchObject({ after: { endedSessions: 1 } });
  });
});
