import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { copyOf, type TestDatabase } from "#test/database";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { endQuarantine } from "./commands/end-quarantine";
import { JournalFiles } from "./files";
import { JournalKeeper } from "./keeper";
import { keepWith } from "./kept";
import { ALTHOUGH } from "./left";

const URL = "http://localhost:3000";
const NOW = Date.now();
let installation: TestInstallation;
let folder: string;
let owner: string;
let failures: unknown[];
let toClose: (() => Promise<void>)[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-keeper-"));
  process.env.LATCHKEY_DATA_DIR = folder;
  installation = await createInstallation(NOW);
  owner = (await installation.person("maria", ["api-users"])).id;
});
afterAll(async () => {
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [failures, toClose] = [[], []];
});
afterEach(async () => {
  keepWith(null);
  for (const close of toClose) await close();
  rmSync(join(folder, "journal"), { recursive: true, force: true });
});

const files = () => new JournalFiles({ dataFolder: folder, secrets: [process.env.LATCHKEY_SECRET ?? ""] }, "portal");
const keeper = (db: Database = installation.db, url = URL) =>
  new JournalKeeper({
    ...{ db, url, files: files(), by: system("journal"), now: () => NOW },
    onQuarantine: () => undefined,
    onRound: (error) => error !== null && failures.push(error),
    onDamage: (lines) => failures.push(lines),
    onLost: () => failures.push("lost"),
    onLate: () => failures.push("late"),
  });

const revoke = async (db: Database = installation.db) => {
  const { id } = await seedToken(db, owner);
  const done = await execute(db, revokeToken, operator(), { id }, NOW);
  expect(done).toMatchObject({ ok: true });
  return id;
};
const settingsOf = (db: Database) => db.settings.findUniqueOrThrow({ where: { id: 1 } });
const journal = async (db: Database = installation.db) =>
  (await files().read((await settingsOf(db)).installationId)).lines;
const ends = async () => (await journal()).flatMap((line) => line.ends.map(({ what, id }) => `${what} ${id}`));

/** The database as it is now, to come back to later. */
async function backup(): Promise<Database> {
  const copy: TestDatabase = await copyOf(installation.database);
  const db = openDatabase(copy.portalUrl);
  toClose.push(async () => {
    await db.$disconnect();
    await copy.drop();
  });
  return db;
}

describe("the journal", () => {
  test("begins where the database is, and tells of what ends from then on", async () => {
    const before = await revoke();
    const kept = keeper();
    await kept.round();
    const after = await revoke();
    await kept.round();
    expect(await ends()).toEqual([`end ${after}`]);
    expect(await ends()).not.toContain(`end ${before}`);
    expect(failures).toEqual([]);
  });

  test("has what was changed before the change is answered", async () => {
    const kept = keeper();
    await kept.round();
    keepWith(kept);
    const ids = await Promise.all(Array.from({ length: 5 }, () => revoke()));
    expect((await ends()).sort()).toEqual(ids.map((id) => `end ${id}`).sort());
  });

  test("gets what was committed and not written when a portal died from the next one", async () => {
    await keeper().round();
    const id = await revoke();
    expect(await ends()).toEqual([]);
    await keeper().round();
    expect(await ends()).toEqual([`end ${id}`]);
  });

  test("that cannot be written keeps nobody from changing anything, and is complete when it can be again", async () => {
    const kept = keeper();
    await kept.round();
    keepWith(kept);
    const place = join(folder, "journal");
    rmSync(place, { recursive: true });
    writeFileSync(place, "a file, where a folder should be");
    const id = await revoke();
    expect(failures).toHaveLength(1);
    rmSync(place);
    await kept.round();
    expect(await ends()).toEqual([`end ${id}`]);
  });
});

describe("a restored backup", () => {
  test("is put into quarantine, whoever is signed in is not any more, and the log says why", async () => {
    await installation.viewer("maria");
    await keeper().round();
    const restored = await backup();
    await revoke();
    await keeper().round();
    const seen = await keeper(restored).look();
    expect(seen?.standing).toBe("behind");
    expect(await settingsOf(restored)).toMatchObject({ quarantineWhy: "behind", quarantinedAt: expect.any(Date) });
    expect(await restored.session.count({ where: { endedAt: null } })).toBe(0);
    const last = await restored.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(last).toMatchObject({ action: "installation.quarantined", actorName: "journal" });
  });

  test("that has gone on, further than the journal, is found by what it says of the same place", async () => {
    await keeper().round();
    const restored = await backup();
    await revoke();
    await keeper().round();
    for (let each = 0; each < 3; each += 1) await revoke(restored);
    expect((await keeper(restored).look())?.standing).toBe("behind");
  });

  test("is noticed by a portal that runs while the database is exchanged beneath it", async () => {
    let current = installation.db;
    const kept = keeper(new Proxy(current, { get: (_first, name) => Reflect.get(current, name) }));
    await kept.round();
    const restored = await backup();
    await revoke();
    await kept.round();
    current = restored;
    await kept.round();
    expect((await settingsOf(restored)).quarantinedAt).not.toBeNull();
    expect((await settingsOf(installation.db)).quarantinedAt).toBeNull();
  });

  test("that somebody takes as it is holds from then on; an older one than that is refused again", async () => {
    await keeper().round();
    const [restored, older] = [await backup(), await backup()];
    await revoke();
    await keeper().round();
    await keeper(restored).round();
    expect(await execute(restored, endQuarantine, operator(), { although: ALTHOUGH }, NOW)).toMatchObject({ ok: true });
    const id = await revoke(restored);
    await keeper(restored).round();
    expect((await settingsOf(restored)).quarantinedAt).toBeNull();
    expect(await ends()).toContain(`end ${id}`);
    expect((await keeper(restored).look())?.standing).toBe("follows");
    expect((await keeper(older).look())?.standing).toBe("behind");
  });
});

describe("a history that the journal has forgotten", () => {
  /** As when so much was written since that its last line has gone. */
  async function forget(epoch: string): Promise<void> {
    const lines = (await journal()).filter((line) => line.epoch !== epoch);
    rmSync(join(folder, "journal"), { recursive: true });
    const { installationId } = await settingsOf(installation.db);
    for (const { proof: _proof, ...line } of lines) await files().append(installationId, line);
  }
  const epochOf = async (db: Database) => (await db.changeHead.findFirstOrThrow()).epoch;
  const accept = async (db: Database) =>
    expect(await execute(db, endQuarantine, operator(), { although: ALTHOUGH }, NOW)).toMatchObject({ ok: true });

  test("is refused when a backup of it is restored, and goes on by somebody's word", async () => {
    await keeper().round();
    const [accepted, older] = [await backup(), await backup()];
    await revoke();
    await keeper().round();
    await keeper(accepted).round();
    await accept(accepted);
    await keeper(accepted).round();
    await forget(await epochOf(older));
    expect((await keeper(older).look())?.standing).toBe("behind");
    await accept(older);
    expect((await keeper(older).look())?.standing).toBe("begins");
    await keeper(older).round();
    expect((await keeper(older).look())?.standing).toBe("follows");
    expect((await keeper(accepted).look())?.standing).toBe("behind");
  });
});

describe("a copy at another address", () => {
  const elsewhere = "https://staging.corp";

  test("is put into quarantine without any journal, and becomes an installation of its own by somebody's word", async () => {
    await installation.db.settings.update({ where: { id: 1 }, data: { boundUrl: "https://latchkey.corp" } });
    const copy = await backup();
    await installation.db.settings.update({ where: { id: 1 }, data: { boundUrl: URL } });
    const before = await settingsOf(copy);
    expect((await keeper(copy, elsewhere).look())?.standing).toBe("elsewhere");
    expect(await settingsOf(copy)).toMatchObject({ quarantineWhy: "elsewhere" });
    await execute(copy, endQuarantine, operator(), {}, NOW);
    const after = await settingsOf(copy);
    expect(after).toMatchObject({ quarantinedAt: null, quarantineWhy: null, boundUrl: URL });
    expect(after.installationId).not.toBe(before.installationId);
    expect((await keeper(copy).look())?.standing).toBe("begins");
  });
});
