import { hkdfSync, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { walkChain } from "#lib/audit/store-chain";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { openDatabase } from "#lib/db/client";
import { type SigningKey, unwrapKey, wrapKey, wrappingKey } from "#lib/keys/key";
import { keyRing } from "#lib/keys/ring";
import { seal } from "#lib/keys/sealed";
import { ensureInstallation } from "#lib/settings/installation";
import { createInstallation, type TestInstallation } from "#test/installation";
import { NOON } from "#test/rules";
import { rewrapKeys } from "./rewrap";

const SECRET = randomBytes(32).toString("base64");
const BEFORE = randomBytes(32).toString("base64");
let installation: TestInstallation;

beforeAll(async () => {
  process.env.LATCHKEY_SECRET = SECRET;
  process.env.LATCHKEY_SECRET_PREVIOUS = BEFORE;
  installation = await createInstallation(NOON);
});
afterAll(() => installation.close());

const start = (now: number) => ensureInstallation(installation.db, system("start"), now);
const rowsNow = () => installation.db.key.findMany();
/** Keys that today's secret opens, and nothing else needed for it. */
async function opened(secret = SECRET): Promise<SigningKey[]> {
  const rows = await rowsNow();
  return rows.flatMap(({ kid, wrapped, purpose }) => unwrapKey(kid, wrapped, [wrappingKey(secret, purpose)]) ?? []);
}
/** As if they had been wrapped by another secret, or by an older version. */
async function wrapAll(how: (key: SigningKey, row: Awaited<ReturnType<typeof rowsNow>>[number]) => Buffer) {
  const keys = await opened();
  for (const row of await rowsNow()) {
    const key = keys.find(({ kid }) => kid === row.kid);
    if (key === undefined) throw new Error(`${row.kid} is lost`);
    await installation.db.key.update({ where: { kid: row.kid }, data: { wrapped: new Uint8Array(how(key, row)) } });
  }
}
const told = () => installation.db.auditEvent.count({ where: { action: "key.rewrapped" } });
const plain = (keys: readonly SigningKey[]) =>
  keys.map(({ kid, secret }) => `${kid} ${secret.toString("hex")}`).toSorted();

const HOWS = {
  "the secret before": (
    key: SigningKey,
    { purpose }: { purpose: "session" | "assertion" | "vault" | "audit" | "mail" },
  ) => wrapKey(key, wrappingKey(BEFORE, purpose)),
  "the secret before, by a version that had one wrapping for all": (key: SigningKey) =>
    seal(Buffer.from(hkdfSync("sha256", BEFORE, "latchkey", "key-wrapping-v1", 32)), key.secret, key.kid),
  "this secret, by a version that had one wrapping for all": (key: SigningKey) =>
    seal(Buffer.from(hkdfSync("sha256", SECRET, "latchkey", "key-wrapping-v1", 32)), key.secret, key.kid),
};

describe.each(Object.entries(HOWS))("keys wrapped by %s", (_what, how) => {
  let was: readonly string[];
  beforeEach(async () => {
    was = plain(await opened());
    await wrapAll(how);
  });

  it("work as they are, and after a start the secret before is not needed any more", async () => {
    expect(await opened()).toEqual([]);
    const db = openDatabase(installation.database.portalUrl);
    for (const purpose of ["session", "vault", "audit", "assertion"] as const)
      expect((await keyRing(db, purpose, NOON)).all.size).toBe(2);
    await db.$disconnect();
    const before = await told();
    await start(NOON + 1);
    expect(plain(await opened())).toEqual(was);
    expect(await told()).toBe(before + 1);
    expect((await walkChain(installation.db, null, NOON + 2)).firstBad).toBeNull();
  });

  it("are wrapped anew once, of several processes that start at the same time", async () => {
    const before = await told();
    await Promise.all([start(NOON + 1), start(NOON + 1), start(NOON + 1)]);
    expect(plain(await opened())).toEqual(was);
    expect(await told()).toBe(before + 1);
  });
});

describe("wrapping keys anew", () => {
  it("does nothing and tells nothing where there is nothing to do", async () => {
    const [before, rows] = [await told(), await rowsNow()];
    await start(NOON + 1);
    expect([await told(), await rowsNow()]).toEqual([before, rows]);
  });

  it("leaves a key as it is that nobody can open any more", async () => {
    const wrapped = new Uint8Array(wrapKey({ kid: "session-lost", secret: randomBytes(32) }, randomBytes(32)));
    const data = {
      kid: "session-lost",
      purpose: "session",
      state: "retired",
      wrapped,
      createdAt: new Date(NOON),
    } as const;
    await installation.db.key.create({ data });
    await start(NOON + 1);
    const row = await installation.db.key.findUniqueOrThrow({ where: { kid: "session-lost" } });
    expect(Buffer.from(row.wrapped).equals(Buffer.from(wrapped))).toBe(true);
  });

  it("is nobody's but the start's", async () => {
    const done = await execute(installation.db, rewrapKeys, operator(), {}, NOON);
    expect(done).toMatchObject({ refusal: { code: "forbidden" } });
  });
});
