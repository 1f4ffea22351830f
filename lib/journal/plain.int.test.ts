import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { copyOf } from "#test/database";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { endQuarantine } from "./commands/end-quarantine";
import { JournalFiles } from "./files";
import { JournalKeeper } from "./keeper";
import { ALTHOUGH } from "./left";
import { endsIn } from "./line";
import { missingIn } from "./store-missing";

const NOW = Date.now();
let installation: TestInstallation;
let folder: string;
/** The journal's only file. */
let path: string;
/** A token, and the database from before it was revoked. */
let token: string;
let older: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-plain-"));
  process.env.LATCHKEY_DATA_DIR = folder;
  installation = await createInstallation(NOW);
  const { installationId } = await installation.db.settings.findFirstOrThrow();
  path = join(folder, "journal", installationId, "portal.ndjson");
});
afterAll(async () => {
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = () => new JournalFiles({ dataFolder: folder, secrets: [process.env.LATCHKEY_SECRET ?? ""] }, "portal");
const keeper = (db: Database) =>
  new JournalKeeper({
    ...{ db, url: "http://localhost:3000", files: files(), by: system("journal"), now: () => NOW },
    onQuarantine: () => undefined,
    onRound: (error) => expect(error).toBeNull(),
    onDamage: () => undefined,
    onLost: () => undefined,
    onLate: () => undefined,
  });
const standing = async (db: Database) => (await keeper(db).look())?.standing;
const dismiss = (db: Database, although?: string) => execute(db, endQuarantine, operator(), { although }, NOW);
const revoke = async (db: Database, id: string) =>
  expect(await execute(db, revokeToken, operator(), { id }, NOW)).toMatchObject({ ok: true });
const missing = async () => {
  const found = await missingIn(older, "behind", (id) => files().read(id));
  return (found?.lines ?? []).flatMap((each) => endsIn([each]).map(({ what, id }) => `${what} ${id}`));
};

/** What is written, as the version before the chain would have written it: no seal, nothing that chains. */
function unchain(): void {
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replaceAll(/,"after":(?:null|"\w+"),"key":"\w+","seal":"\w+"\}/g, "}"));
  expect(readFileSync(path, "utf8")).not.toContain("seal");
}

/** Nothing that is written can be read any more. */
const spoil = (): void => writeFileSync(path, readFileSync(path, "utf8").replaceAll('"era"', '"\0ra"'));

beforeEach(async () => {
  const owner = (await installation.person(`owner ${Math.random()}`, ["api-users"])).id;
  token = (await seedToken(installation.db, owner)).id;
  await keeper(installation.db).round();
  const copy = await copyOf(installation.database);
  older = openDatabase(copy.portalUrl);
  drop = async () => {
    await older.$disconnect();
    await copy.drop();
  };
  await revoke(installation.db, token);
  await keeper(installation.db).round();
});
afterEach(async () => {
  await drop();
  rmSync(join(folder, "journal"), { recursive: true, force: true });
});

describe("a journal of the version before the chain", () => {
  test("puts a backup that is older than it into quarantine, and tells what has ended since", async () => {
    unchain();
    expect(await standing(older)).toBe("behind");
    expect(await missing()).toEqual([`end ${token}`]);
    expect(await dismiss(older)).toMatchObject({ refusal: { code: "invalid_input" } });
  });

  test("is gone on with, and what it tells stays told behind the first line that is chained", async () => {
    unchain();
    expect(await standing(installation.db)).toBe("follows");
    const { id } = await seedToken(installation.db, (await installation.db.user.findFirstOrThrow()).id);
    await revoke(installation.db, id);
    await keeper(installation.db).round();
    expect((await files().read(path.split("/").at(-2) ?? "")).lines.map(({ proof }) => proof)).toEqual([
      "foreign",
      "foreign",
      "sound",
    ]);
    expect(await standing(installation.db)).toBe("follows");
    expect(await standing(older)).toBe("behind");
    expect(await missing()).toEqual([`end ${token}`, `end ${id}`]);
    expect(await dismiss(older)).toMatchObject({ refusal: { detail: expect.stringContaining("one end") } });
  });

  test("whose quarantine that version began is not begun again when this one has ended it", async () => {
    unchain();
    const data = { quarantinedAt: new Date(NOW), quarantineWhy: "behind" };
    await older.settings.updateMany({ data });
    expect(await dismiss(older, ALTHOUGH)).toMatchObject({ ok: true });
    expect(await standing(older)).toBe("begins");
    await keeper(older).round();
    expect(await standing(older)).toBe("follows");
    expect(await standing(installation.db)).toBe("behind");
    expect(await dismiss(installation.db, ALTHOUGH)).toMatchObject({ ok: true });
  });
});

describe("a journal of which nothing can be read", () => {
  test("is not taken for none: the database waits for somebody's word, and then begins another", async () => {
    spoil();
    expect(await standing(older)).toBe("behind");
    expect(await dismiss(older)).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await dismiss(older, ALTHOUGH)).toMatchObject({ ok: true });
    expect(await standing(older)).toBe("begins");
    await keeper(older).round();
    expect(await standing(older)).toBe("follows");
  });

  test("is not taken for what somebody has accepted before: a second time it is asked about again", async () => {
    spoil();
    expect(await standing(older)).toBe("behind");
    expect(await dismiss(older, ALTHOUGH)).toMatchObject({ ok: true });
    await keeper(older).round();
    spoil();
    expect(await standing(older)).toBe("behind");
    expect(await dismiss(older, ALTHOUGH)).toMatchObject({ ok: true });
    expect(await standing(older)).toBe("begins");
  });

  test("is not the same as one that is not there", async () => {
    rmSync(path);
    mkdirSync(join(folder, "journal", "another"), { recursive: true });
    writeFileSync(join(folder, "journal", "another", "portal.ndjson"), "another's, which is spoilt\n");
    expect(await standing(older)).toBe("begins");
  });
});
