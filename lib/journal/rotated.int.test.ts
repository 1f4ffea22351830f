import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import { replay } from "#lib/jobs/replay";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { copyOf } from "#test/database";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { JournalFiles } from "./files";
import { JournalKeeper } from "./keeper";
import { missingIn } from "./store-missing";

const NOW = Date.now();
const now = () => NOW;
const OLD = randomBytes(32).toString("base64");
let NEW: string;
let installation: TestInstallation;
let folder: string;
/** The journal's only file. */
let path: string;
/** The database from before two tokens were revoked: one before LATCHKEY_SECRET was changed, one after. */
let older: Database;
let tokens: readonly string[];
let damaged: number[];
let drop: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-rotated-"));
  Object.assign(process.env, { LATCHKEY_DATA_DIR: folder, LATCHKEY_SECRET_PREVIOUS: OLD });
  installation = await createInstallation(NOW);
  NEW = process.env.LATCHKEY_SECRET ?? "";
  const { installationId } = await installation.db.settings.findFirstOrThrow();
  path = join(folder, "journal", installationId, "portal.ndjson");
});
afterAll(async () => {
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a portal has them that was told this LATCHKEY_SECRET, and perhaps the one before. */
const files = (...secrets: readonly string[]) => new JournalFiles({ dataFolder: folder, secrets }, "portal");
const keeper = (db: Database, ...secrets: readonly string[]) =>
  new JournalKeeper({
    ...{ db, now, url: "http://localhost:3000", files: files(...secrets), by: system("journal") },
    onQuarantine: () => undefined,
    onRound: (error) => expect(error).toBeNull(),
    onDamage: (lines) => damaged.push(lines),
    onLost: () => undefined,
    onLate: () => undefined,
  });
const standing = async (db: Database, ...secrets: readonly string[]) => (await keeper(db, ...secrets).look())?.standing;
const revoke = async (id: string) =>
  expect(await execute(installation.db, revokeToken, operator(), { id }, NOW)).toMatchObject({ ok: true });
/** What `journal replay` does in the older database, told these secrets. */
async function replayed(...secrets: readonly string[]) {
  const missing = await missingIn(older, "behind", (id) => files(...secrets).read(id));
  if (missing === null) throw new Error("There is no installation");
  const done = await replay(older, operator(), missing, now);
  const rows = await older.token.findMany({ where: { id: { in: [...tokens] } } });
  return { done, revoked: rows.filter(({ revokedAt }) => revokedAt !== null).length };
}

beforeEach(async () => {
  damaged = [];
  const owner = (await installation.person(`owner ${Math.random()}`, ["api-users"])).id;
  tokens = [(await seedToken(installation.db, owner)).id, (await seedToken(installation.db, owner)).id];
  await keeper(installation.db, OLD).round();
  const copy = await copyOf(installation.database);
  older = openDatabase(copy.portalUrl);
  drop = async () => {
    await older.$disconnect();
    await copy.drop();
  };
  for (const [index, id] of tokens.entries()) {
    await revoke(id);
    await keeper(installation.db, ...(index === 0 ? [OLD] : [NEW, OLD])).round();
  }
});
afterEach(async () => {
  await drop();
  rmSync(join(folder, "journal"), { recursive: true, force: true });
});

describe("a backup of before LATCHKEY_SECRET was changed, restored after", () => {
  test("is told all that has ended since, where the secret of before is known", async () => {
    expect(await standing(installation.db, NEW, OLD)).toBe("follows");
    expect(await standing(older, NEW, OLD)).toBe("behind");
    const { done, revoked } = await replayed(NEW, OLD);
    expect(done).toMatchObject({ value: { revoked: 2, unreadable: 0, whole: true, quarantined: false } });
    expect([revoked, damaged]).toEqual([2, []]);
  });

  test("ends all of that, too, where it is not, but a person ends the quarantine: nobody can check what was written before", async () => {
    expect(await standing(installation.db, NEW)).toBe("follows");
    expect(await standing(older, NEW)).toBe("behind");
    const { done, revoked } = await replayed(NEW);
    expect(done).toMatchObject({ value: { revoked: 2, unreadable: 2, whole: false, quarantined: true } });
    expect([revoked, damaged]).toEqual([2, []]);
  });
});

test("a line of before the change that was taken out after it is missed: the chain goes on across it", async () => {
  const proofs = async () => (await files(NEW, OLD).read(path.split("/").at(-2) ?? "")).lines.map(({ proof }) => proof);
  expect(await proofs()).toEqual(["sound", "sound", "sound"]);
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, lines.filter((line) => !line.includes(tokens[0] ?? "")).join("\n"));
  expect(await proofs()).toEqual(["sound", "after a gap"]);
  await keeper(installation.db, NEW, OLD).look();
  expect(damaged).toEqual([1]);
});
