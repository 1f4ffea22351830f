import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { NOON } from "#test/rules";
import { ensureKeys } from "./ensure";
import { type KeyPurpose, newKey, wrapKey, wrappingKey } from "./key";
import { keyRing } from "./ring";

const SECRET = randomBytes(32).toString("base64");
const BEFORE = randomBytes(32).toString("base64");
let database: TestDatabase;
let db: Database;
/** The portal may add keys and take none away. */
let owner: Database;
/** Later each time, so that every look is a fresh one. */
let now = NOON;

beforeAll(async () => {
  database = await createDatabase();
  process.env.DATABASE_URL = database.portalUrl;
  process.env.LATCHKEY_SECRET = SECRET;
  process.env.LATCHKEY_SECRET_PREVIOUS = BEFORE;
  db = openDatabase(database.portalUrl);
  owner = openDatabase(database.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await owner.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await owner.key.deleteMany();
  now += 60_000;
});

async function store(state: "active" | "next" | "retired", secret = SECRET, purpose: KeyPurpose = "session") {
  const key = newKey(purpose);
  const wrapped = new Uint8Array(wrapKey(key, wrappingKey(secret, purpose)));
  const at = new Date(now);
  const retiredAt = state === "retired" ? at : null;
  await db.key.create({ data: { kid: key.kid, purpose, state, wrapped, createdAt: at, activatedAt: at, retiredAt } });
  return key;
}

describe("the keys of a purpose", () => {
  it("are the one to sign with and those that still verify, and none of another purpose", async () => {
    const [active, retired] = [await store("active"), await store("retired")];
    await store("active", SECRET, "audit");
    const ring = await keyRing(db, "session", now);
    expect(ring.active).toEqual(active);
    expect([...ring.all.keys()].toSorted()).toEqual([active.kid, retired.kid].toSorted());
  });

  it("open with the secret before, while the installation's secret is changed", async () => {
    const active = await store("active", BEFORE);
    expect((await keyRing(db, "session", now)).active).toEqual(active);
  });

  it("that no secret opens are left out: one lost old key takes nothing else along", async () => {
    const active = await store("active");
    await store("retired", randomBytes(32).toString("base64"));
    expect([...(await keyRing(db, "session", now)).all.keys()]).toEqual([active.kid]);
  });

  it("open for as long as what they made lives: a retired session key for twelve hours, an audit key for ever", async () => {
    const [session, audit] = [await store("retired"), await store("retired", SECRET, "audit")];
    await store("active");
    await store("active", SECRET, "audit");
    const HOURS = 3_600_000;
    const has = async (kid: string, at: number) =>
      (await keyRing(db, kid === audit.kid ? "audit" : "session", at)).all.has(kid);
    expect(await has(session.kid, now + 12 * HOURS - 1)).toBe(true);
    expect(await has(session.kid, now + 12 * HOURS + 10_000)).toBe(false);
    expect(await has(audit.kid, now + 10_000 * HOURS)).toBe(true);
    now += 20_000 * HOURS;
  });

  it("verify with the next one already: another process may have made it active a moment ago", async () => {
    await store("active");
    const next = await store("next");
    expect((await keyRing(db, "session", now)).all.get(next.kid)).toEqual(next);
  });

  it("cannot be used when the active one opens with no secret: nothing is signed with an old one instead", async () => {
    await store("retired");
    await expect(keyRing(db, "session", now)).rejects.toThrow(/LATCHKEY_SECRET is not the one/);
    await store("active", randomBytes(32).toString("base64"));
    await expect(keyRing(db, "session", now)).rejects.toThrow(/No session key can be opened/);
  });

  it("are read anew after ten seconds, earlier not, and also when the clock went back that far", async () => {
    const first = await store("active");
    await keyRing(db, "session", now);
    await owner.key.deleteMany();
    const second = await store("active");
    const kidAt = async (at: number) => (await keyRing(db, "session", at)).active.kid;
    expect(await kidAt(now + 9_999)).toBe(first.kid);
    expect(await kidAt(now - 9_999)).toBe(first.kid);
    expect(await kidAt(now - 10_000)).toBe(second.kid);
  });

  it("are remembered for each database by itself", async () => {
    await store("active");
    const ring = await keyRing(db, "session", now);
    const other = openDatabase(database.portalUrl);
    await owner.key.deleteMany();
    const fresh = await store("active");
    expect((await keyRing(other, "session", now)).active.kid).toBe(fresh.kid);
    expect((await keyRing(db, "session", now)).active.kid).toBe(ring.active.kid);
    await other.$disconnect();
  });
});

describe("seeing to it that there is a key", () => {
  it("makes one and the one after it, once, of twenty processes that start at the same time", async () => {
    await Promise.all(Array.from({ length: 20 }, () => ensureKeys(db, "audit", now)));
    const made = await db.key.findMany({ where: { purpose: "audit" }, select: { state: true } });
    expect(made.map(({ state }) => state).toSorted()).toEqual(["active", "next"]);
    expect((await keyRing(db, "audit", now)).active.secret).toHaveLength(32);
  });

  it("leaves what there is, and makes each purpose its own", async () => {
    const active = await store("active");
    await ensureKeys(db, "session", now);
    await ensureKeys(db, "assertion", now);
    expect((await keyRing(db, "session", now)).active.kid).toBe(active.kid);
    expect((await keyRing(db, "assertion", now)).active.kid).toMatch(/^assertion-/);
  });

  it("does not count one that is on its way out", async () => {
    const retired = await store("retired");
    await ensureKeys(db, "session", now);
    const ring = await keyRing(db, "session", now);
    expect(ring.active.kid).not.toBe(retired.kid);
    expect(ring.all.size).toBe(3);
  });

  it("adds the one after where there is only the active one, as before there was a next", async () => {
    const active = await store("active");
    await ensureKeys(db, "session", now);
    const ring = await keyRing(db, "session", now);
    expect([ring.active.kid, ring.all.size]).toEqual([active.kid, 2]);
  });

  it("stores no key that could be read without LATCHKEY_SECRET", async () => {
    await ensureKeys(db, "session", now);
    const { active } = await keyRing(db, "session", now);
    const [row] = await db.$queryRaw<{ all: string }[]>`SELECT row_to_json(keys)::text AS all FROM keys`;
    expect(row?.all).not.toContain(active.secret.toString("hex"));
    expect(row?.all).not.toContain(active.secret.toString("base64"));
  });
});
