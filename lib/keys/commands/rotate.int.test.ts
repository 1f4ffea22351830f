import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { walkChain } from "#lib/audit/store-chain";
import { operator, system } from "#lib/auth/actors";
import { openSession, sealSession } from "#lib/auth/session-cookie";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import { totpsOf } from "#lib/factors/store";
import type { KeyPurpose } from "#lib/keys/key";
import { keyRing } from "#lib/keys/ring";
import { createNetwork } from "#lib/networks/commands/create";
import { enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { rotateKey } from "./rotate";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
/** Another process of the same installation, with its own memory of keys. */
let other: Database;
let now = START;

beforeAll(async () => {
  installation = await createInstallation(START);
  other = openDatabase(installation.database.portalUrl);
});
afterAll(async () => {
  await other.$disconnect();
  await installation.close();
});
// By then every next key is known everywhere.
beforeEach(() => {
  now += 20 * MINUTE;
});

const rotate = (purpose: string, at = now, leaked = false) =>
  execute(installation.db, rotateKey, operator(), { purpose, leaked }, at);
async function rotated(purpose: KeyPurpose, at = now) {
  const done = await rotate(purpose, at);
  if (!done.ok) throw new Error(done.refusal.detail);
  return done.value.output;
}
const states = async (purpose: KeyPurpose) => {
  const rows = await installation.db.key.findMany({ where: { purpose }, orderBy: { createdAt: "asc" } });
  return rows.map(({ state }) => state);
};
const activeIn = async (db: Database, purpose: KeyPurpose, at: number) => (await keyRing(db, purpose, at)).active.kid;

describe("rotating a key", () => {
  it("lets the next one take the place of the active one, makes one after it, and tells the log by name", async () => {
    const before = await activeIn(installation.db, "session", now);
    const { active, next, retired } = await rotated("session");
    expect([retired, await activeIn(installation.db, "session", now + 10_000)]).toEqual([before, active]);
    expect(await states("session")).toEqual(["retired", "active", "next"]);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "key.rotated", subjectName: "session", actorKind: "cli" });
    expect(event.detail).toEqual({ before: { active: retired }, after: { active, next, leaked: false } });
  });

  it("keeps who is signed in signed in, and is understood by a process that has not read its keys again", async () => {
    const ring = await keyRing(other, "session", now);
    const cookie = await sealSession(ring, { sessionId: "s1" });
    await rotated("session", now + 1_000);
    const after = await keyRing(installation.db, "session", now + 20_000);
    expect(after.active.kid).not.toBe(ring.active.kid);
    expect(await openSession(after, cookie)).toEqual({ sessionId: "s1" });
    // Sealed with the new key, opened by who still signs with the old one.
    expect(await openSession(ring, await sealSession(after, { sessionId: "s2" }))).toEqual({ sessionId: "s2" });
    const late = await keyRing(installation.db, "session", now + 13 * 60 * MINUTE);
    expect(await openSession(late, cookie)).toBeNull();
  });

  it("of the vault leaves every authenticator app as it was", async () => {
    const { id } = await installation.person("mara", ["admins"]);
    const app = await enrol(installation, await installation.viewer("mara"), START);
    await rotated("vault");
    const [found] = await totpsOf(installation.db, id, true, now + 20_000);
    expect(found?.secret).toBe(app.secret);
  });

  it("of the audit log goes on with the chain, while others write to it", async () => {
    await installation.person("root", ["admins"]);
    const viewer = await installation.viewer("root");
    const make = (n: number) =>
      execute(other, createNetwork, viewer, { name: `n${n}`, ranges: ["192.0.2.0/24"] }, now + n);
    const done = await Promise.all([make(1), make(2), rotate("audit"), make(3), make(4)]);
    expect(done.map(({ ok }) => ok)).toEqual(done.map(() => true));
    await execute(other, createNetwork, viewer, { name: "later", ranges: ["192.0.2.0/24"] }, now + MINUTE);
    const kids = await installation.db.auditEvent.groupBy({ by: ["kid"] });
    expect(kids.length).toBeGreaterThan(1);
    expect((await walkChain(installation.db, null, now + MINUTE)).firstBad).toBeNull();
  });

  it.each(["session", "assertion", "vault", "audit"] as const)(
    "of %s, by two at the same time, is done once: the second would make active what nobody knows yet",
    async (purpose) => {
      const [one, two] = await Promise.all([rotate(purpose), rotate(purpose)]);
      expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1);
      const refused = [one, two].find(({ ok }) => !ok);
      expect(refused).toMatchObject({ refusal: { code: "too_many_requests" } });
      expect((await states(purpose)).filter((state) => state !== "retired")).toEqual(["active", "next"]);
    },
  );

  it("waits until the next key is known everywhere, for assertions until public lists are read again", async () => {
    await rotated("assertion");
    expect(await rotate("assertion", now + 15 * MINUTE - 1_000)).toMatchObject({
      refusal: { code: "too_many_requests", retryAfterSeconds: 1 },
    });
    expect((await rotate("assertion", now + 15 * MINUTE)).ok).toBe(true);
    await rotated("vault");
    expect((await rotate("vault", now + 29_999)).ok).toBe(false);
    expect((await rotate("vault", now + 30_000)).ok).toBe(true);
  });

  it("that has leaked waits for nothing, and whatever the leaked one made is good no more", async () => {
    const ring = await keyRing(other, "session", now);
    const cookie = await sealSession(ring, { sessionId: "s1" });
    // The next one was in the same dump: twice.
    expect([(await rotate("session", now, true)).ok, (await rotate("session", now, true)).ok]).toEqual([true, true]);
    const after = await keyRing(installation.db, "session", now + 10_000);
    expect([await openSession(after, cookie), after.all.has(ring.active.kid)]).toEqual([null, false]);
    expect((await states("session")).filter((state) => state === "leaked")).toHaveLength(2);
    const published = () =>
      installation.db.$queryRaw<{ kid: string }[]>`SELECT kid FROM assertion_keys`.then((rows) =>
        rows.map(({ kid }) => kid),
      );
    const [{ kid: leaked } = { kid: "" }] = await installation.db.key.findMany({
      where: { purpose: "assertion", state: "active" },
    });
    expect(await published()).toContain(leaked);
    expect((await rotate("assertion", now, true)).ok).toBe(true);
    expect(await published()).not.toContain(leaked);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event.detail).toMatchObject({ before: { active: leaked }, after: { leaked: true } });
  });

  it.each(["vault", "audit"] as const)("of %s goes on opening what it made, leaked or not", async (purpose) => {
    expect(await rotate(purpose, now, true)).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "leaked" }] },
    });
    expect(await states(purpose)).not.toContain("leaked");
  });

  it("is the operator's, and there is nothing to rotate for mail", async () => {
    const asSystem = await execute(installation.db, rotateKey, system("start"), { purpose: "session" }, now);
    expect(asSystem).toMatchObject({ refusal: { code: "forbidden" } });
    const { person, viewer, db } = installation;
    await person("boss", ["admins"]);
    const asAdmin = await execute(db, rotateKey, await viewer("boss"), { purpose: "session" }, now);
    expect(asAdmin).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await rotate("mail")).toMatchObject({ refusal: { code: "not_found" } });
    expect(await rotate("everything")).toMatchObject({ refusal: { code: "invalid_input" } });
  });

  it("never makes a key active that nobody can open", async () => {
    const wrapped = new Uint8Array(60);
    await installation.db.key.updateMany({ where: { purpose: "session", state: "next" }, data: { wrapped } });
    const before = await states("session");
    expect(await rotate("session")).toMatchObject({ refusal: { code: "unavailable" } });
    expect(await states("session")).toEqual(before);
  });
});
