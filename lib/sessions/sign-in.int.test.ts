import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { visitor } from "#lib/auth/actors";
import { preparePassword } from "#lib/auth/password";
import { sealSession } from "#lib/auth/session-cookie";
import { viewerOfCookie } from "#lib/auth/session-viewer";
import { execute } from "#lib/commands/execute";
import { keyRing } from "#lib/keys/ring";
import { changePassword } from "#lib/users/commands/change-password";
import { createInstallation, type TestInstallation } from "#test/installation";
import { confirmPresence } from "./commands/confirm";
import { endSession } from "./commands/end-session";
import { signIn } from "./commands/sign-in";
import { ABSOLUTE_MS, IDLE_MS } from "./session";

const PASSWORD = "correct zebra staple 9";
const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;

beforeAll(async () => {
  installation = await createInstallation(NOW);
  const prepared = await preparePassword(PASSWORD, []);
  if (!prepared.ok) throw new Error(prepared.refusal.detail);
  for (const name of ["mara", "Ängela"]) {
    const { id } = await installation.person(name, name === "mara" ? ["admins"] : []);
    await installation.db.passwordCredential.create({ data: { userId: id, hash: prepared.value.hash } });
  }
});
afterAll(() => installation.close());
beforeEach(() => installation.db.signInThrottle.deleteMany());

const knock = (username: string, password: string, address = "192.0.2.1", now = NOW) =>
  execute(installation.db, signIn, visitor(address, "browser"), { username, password }, now);
const codeOf = (done: Awaited<ReturnType<typeof knock>>) => (done.ok ? "ok" : done.refusal.code);

async function signedIn(username: string, now = NOW) {
  const done = await knock(username, PASSWORD, "192.0.2.1", now);
  if (!done.ok) throw new Error(done.refusal.detail);
  const ring = await keyRing(installation.db, "session", now);
  const { sessionId } = done.value.output;
  const cookie = await sealSession(ring, { sessionId });
  return { sessionId, at: (when: number) => viewerOfCookie(installation.db, cookie, "192.0.2.1", when) };
}

async function viewerNow(session: Awaited<ReturnType<typeof signedIn>>, when = NOW) {
  const viewer = await session.at(when);
  if (viewer === null) throw new Error("not signed in");
  return viewer;
}

describe("a crowd", () => {
  it("is sent away beyond sixty before anything is looked up or counted, and whoever comes after it is not", async () => {
    const names = Array.from({ length: 100 }, (_, nth) => `stranger-${nth}`);
    const answers = await Promise.all(names.map((name, nth) => knock(name, "wrong wrong wrong", `198.51.100.${nth}`)));
    const sentAway = answers.filter((answer) => codeOf(answer) === "too_many_requests");
    expect(sentAway.length).toBeGreaterThanOrEqual(40);
    // Each of the others was counted: its pair, its address and its name.
    expect(await installation.db.signInThrottle.count()).toBeLessThanOrEqual(3 * 60);
    expect(codeOf(await knock("mara", PASSWORD))).toBe("ok");
  });
});

describe("signing in", () => {
  it("opens a session whose cookie names the person, their role and groups of now", async () => {
    const session = await signedIn("mara");
    expect(await session.at(NOW)).toMatchObject({ kind: "session", username: "mara", role: "admin", steppedUpAt: NOW });
  });

  it("finds a person whatever case and composition their name is typed in", async () => {
    expect(codeOf(await knock("a\u0308NGELA", PASSWORD))).toBe("ok");
  });

  it("refuses a name that no database takes, without a failure of ours", async () => {
    for (const name of ["\0", "mara\0", "\0mara"]) expect(codeOf(await knock(name, PASSWORD))).toBe("invalid_input");
  });

  it("answers an unknown user and a wrong password with the same refusal", async () => {
    const [unknown, wrong] = [await knock("nobody", PASSWORD), await knock("mara", "not the password 1")];
    expect(unknown).toEqual(wrong);
    expect(codeOf(wrong)).toBe("unauthenticated");
  });

  it("lets neither service accounts nor deactivated people in, with the same words", async () => {
    const { id } = await installation.person("robot");
    const hash = await installation.db.passwordCredential.findFirstOrThrow({ select: { hash: true } });
    await installation.db.passwordCredential.create({ data: { userId: id, hash: hash.hash } });
    await installation.db.user.update({ where: { id }, data: { kind: "service" } });
    const asService = await knock("robot", PASSWORD);
    await installation.db.user.update({ where: { id }, data: { kind: "person", deactivatedAt: new Date(NOW) } });
    expect(await knock("robot", PASSWORD)).toEqual(asService);
    expect(codeOf(asService)).toBe("unauthenticated");
  });

  it("makes a guesser wait longer and longer, and tells how long", async () => {
    const codes = [];
    for (let i = 0; i < 5; i += 1) codes.push(codeOf(await knock("mara", "guess guess guess", "198.51.100.7")));
    expect(codes).toEqual([...Array(3).fill("unauthenticated"), "too_many_requests", "too_many_requests"]);
    const later = await knock("mara", "guess guess guess", "198.51.100.7", NOW + 60_000);
    expect(codeOf(later)).toBe("unauthenticated");
    const refused = await knock("mara", "guess guess guess", "198.51.100.7", NOW + 60_000);
    expect(refused).toMatchObject({ refusal: { code: "too_many_requests", retryAfterSeconds: 2 } });
  });

  it("counts attempts made at the same time, too", async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => knock("mara", "guess guess guess", "198.51.100.8")));
    expect(all.filter((done) => codeOf(done) === "unauthenticated").length).toBeLessThanOrEqual(4);
  });

  it("does not let who has an account forgive themselves guesses at others", async () => {
    const from = "203.0.113.5";
    for (let i = 0; i < 20; i += 1) await knock(`nobody-${i}`, "guess guess guess", from);
    expect(codeOf(await knock("nobody-20", "guess guess guess", from))).toBe("too_many_requests");
    expect(codeOf(await knock("mara", PASSWORD, from, NOW + 2_000))).toBe("ok");
    expect(codeOf(await knock("nobody-21", "guess guess guess", from, NOW + 3_000))).toBe("too_many_requests");
  });

  it("never lets strangers lock a person out of an address they signed in from before", async () => {
    await signedIn("mara");
    for (let i = 0; i < 15; i += 1) await knock("mara", "guess guess guess", `198.51.100.${50 + i}`);
    expect(codeOf(await knock("mara", "guess guess guess", "198.51.100.99"))).toBe("too_many_requests");
    expect(codeOf(await knock("mara", PASSWORD))).toBe("ok");
  });
});

describe("a session", () => {
  it("ends after thirty idle minutes, and after twelve hours however busy", async () => {
    const session = await signedIn("mara");
    expect(await session.at(NOW + IDLE_MS - 1)).not.toBeNull();
    expect(await session.at(NOW + IDLE_MS - 1 + IDLE_MS)).toBeNull();
    await installation.db.session.update({
      where: { id: session.sessionId },
      data: { seenAt: new Date(NOW + ABSOLUTE_MS - 1) },
    });
    expect(await session.at(NOW + ABSOLUTE_MS - 1)).not.toBeNull();
    expect(await session.at(NOW + ABSOLUTE_MS)).toBeNull();
  });

  it("is over at the next request after signing out; signing out again repeats", async () => {
    const session = await signedIn("mara");
    const viewer = await viewerNow(session);
    expect(await execute(installation.db, endSession, viewer, {}, NOW)).toMatchObject({ value: { repeated: false } });
    expect(await session.at(NOW)).toBeNull();
    expect(await execute(installation.db, endSession, viewer, {}, NOW)).toMatchObject({ value: { repeated: true } });
  });

  it("cannot be ended by somebody else, who does not even learn that it exists", async () => {
    const session = await signedIn("mara");
    const other = await viewerNow(await signedIn("Ängela"));
    const done = await execute(installation.db, endSession, other, { id: session.sessionId }, NOW);
    expect(done).toMatchObject({ refusal: { code: "not_found" } });
    expect(await session.at(NOW)).not.toBeNull();
  });

  it("loses the role with the group, and ends with the person's deactivation, at the next request", async () => {
    const session = await signedIn("mara");
    const mara = await installation.db.user.findUniqueOrThrow({
      where: { usernameKey: "mara" },
      include: { memberships: true },
    });
    await installation.db.membership.deleteMany({ where: { userId: mara.id } });
    expect(await session.at(NOW)).toMatchObject({ role: "user" });
    await installation.db.membership.createMany({ data: mara.memberships });
    await installation.db.user.update({ where: { id: mara.id }, data: { deactivatedAt: new Date(NOW) } });
    expect(await session.at(NOW)).toBeNull();
    await installation.db.user.update({ where: { id: mara.id }, data: { deactivatedAt: null } });
  });

  it("is confirmed by the person's password only", async () => {
    const viewer = await viewerNow(await signedIn("mara"));
    const late = NOW + 20 * 60_000;
    const wrong = await execute(installation.db, confirmPresence, viewer, { password: "something else 11" }, late);
    expect(wrong).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "password" }] } });
    expect(await execute(installation.db, confirmPresence, viewer, { password: PASSWORD }, late)).toMatchObject({
      ok: true,
    });
    const row = await installation.db.session.findUniqueOrThrow({ where: { id: viewer.sessionId } });
    expect(row.stepUpAt?.getTime()).toBe(late);
  });

  it("ends everywhere else when the password changes, and the old password opens nothing", async () => {
    const [here, there] = [await signedIn("Ängela"), await signedIn("Ängela")];
    const viewer = await viewerNow(here);
    const change = (current: string, wanted: string) =>
      execute(installation.db, changePassword, viewer, { current, new: wanted }, NOW);
    expect(await change("wrong wrong wrong", "purple monk kayak 3")).toMatchObject({
      refusal: { errors: [{ path: "current" }] },
    });
    expect(await change(PASSWORD, "short")).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "new" }] },
    });
    expect(await change(PASSWORD, "Ängela Ängela Ä")).toMatchObject({ refusal: { errors: [{ path: "new" }] } });
    expect(await change(PASSWORD, "purple monk kayak 3")).toMatchObject({ ok: true });
    expect(await here.at(NOW)).not.toBeNull();
    expect(await there.at(NOW)).toBeNull();
    expect(codeOf(await knock("Ängela", PASSWORD))).toBe("unauthenticated");
    expect(codeOf(await knock("Ängela", "purple monk kayak 3"))).toBe("ok");
  });
});
