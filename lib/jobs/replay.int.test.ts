import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { createGroup } from "#lib/groups/commands/create";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { JournalFiles } from "#lib/journal/files";
import { JournalKeeper } from "#lib/journal/keeper";
import { ALTHOUGH } from "#lib/journal/left";
import { missingEnds } from "#lib/journal/queries";
import { editNetwork } from "#lib/networks/commands/edit";
import { resumeToken } from "#lib/tokens/commands/resume";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { reactivateUser } from "#lib/users/commands/reactivate";
import { copyOf } from "#test/database";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { replay } from "./replay";

const NOW = Date.now();
const now = () => NOW;
/** What a backup brings back; `live` is the database that went on, and is lost. */
let restored: TestInstallation;
let folder: string;
let owner: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-replay-"));
  process.env.LATCHKEY_DATA_DIR = folder;
  restored = await createInstallation(NOW);
  owner = (await restored.person("maria", ["api-users"])).id;
});
beforeEach(() => rmSync(join(folder, "journal"), { recursive: true, force: true }));
afterAll(async () => {
  await restored.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = () => new JournalFiles({ dataFolder: folder, secrets: [process.env.LATCHKEY_SECRET ?? ""] }, "portal");
const keeper = (db: Database) =>
  new JournalKeeper({
    ...{ db, now, url: "http://localhost:3000", files: files(), by: system("journal") },
    onQuarantine: () => undefined,
    onRound: (error) => {
      if (error !== null) throw error;
    },
    onDamage: () => undefined,
    onLost: () => undefined,
    onLate: () => undefined,
  });

/** Lets things happen that the restored database will know nothing of. */
async function lost(happens: (live: Database) => Promise<void>, { journalBegins = "before" } = {}): Promise<void> {
  if (journalBegins === "before") await keeper(restored.db).round();
  const copy = await copyOf(restored.database);
  const live = openDatabase(copy.portalUrl);
  if (journalBegins === "after") {
    await done(execute(live, revokeToken, operator(), { id: (await seedToken(live, owner)).id }, NOW));
    await keeper(live).round();
  }
  await happens(live);
  await keeper(live).round();
  await live.$disconnect();
  await copy.drop();
  expect((await keeper(restored.db).look())?.standing).toBe("behind");
}

const done = async (executing: Promise<Result<unknown>>) => {
  expect(await executing).toMatchObject({ ok: true });
};

const replayed = async () => {
  const missing = await missingEnds(operator(), (id) => files().read(id));
  if (!missing.ok) throw new Error(missing.refusal.detail);
  const told = await replay(restored.db, operator(), missing.value, now);
  if (!told.ok) throw new Error(told.refusal.detail);
  return told.value;
};
const ended = (although?: string) => execute(restored.db, endQuarantine, operator(), { although }, NOW);
const quarantined = async () => (await restored.db.settings.findFirstOrThrow()).quarantinedAt !== null;
const tokenRow = (id: string) => restored.db.token.findUniqueOrThrow({ where: { id } });

describe("replaying the journal into a restored backup", () => {
  test("ends again what had ended, stops what was stopped, and lets the installation go on", async () => {
    const [revoked, suspended, resumed, untouched] = await Promise.all(
      [1, 2, 3, 4].map(() => seedToken(restored.db, owner)),
    );
    const leaver = await restored.person("otto");
    await lost(async (live) => {
      await done(execute(live, revokeToken, operator(), { id: revoked?.id }, NOW));
      await done(execute(live, suspendToken, operator(), { id: suspended?.id }, NOW));
      await done(execute(live, suspendToken, operator(), { id: resumed?.id }, NOW));
      await done(execute(live, resumeToken, operator(), { id: resumed?.id }, NOW));
      await done(execute(live, deactivateUser, operator(), { id: leaver.id }, NOW));
      const made = await seedToken(live, owner); // after the backup
      await done(execute(live, revokeToken, operator(), { id: made.id }, NOW));
    });
    const told = await replayed();
    expect(told).toMatchObject({ revoked: 1, suspended: 1, deactivated: 1, nothingToDo: 1, quarantined: false });
    expect(await quarantined()).toBe(false);
    expect((await tokenRow(revoked?.id ?? "")).revokedAt).not.toBeNull();
    expect((await tokenRow(suspended?.id ?? "")).suspendedAt).not.toBeNull();
    expect((await tokenRow(resumed?.id ?? "")).suspendedAt).toBeNull();
    expect((await tokenRow(untouched?.id ?? "")).revokedAt).toBeNull();
    const events = await restored.db.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 4 });
    expect(events.map(({ action }) => action)).toEqual([
      "installation.quarantine-ended",
      "token.suspended",
      "token.revoked",
      "user.deactivated",
    ]);
  });

  test("leaves the quarantine to a person where only a person can judge, and names what", async () => {
    const network = await restored.db.network.create({
      data: { name: "office", ranges: ["192.0.2.0/24"] },
    });
    await lost((live) =>
      done(execute(live, editNetwork, operator(), { id: network.id, version: 1, ranges: ["192.0.2.0/30"] }, NOW)),
    );
    const told = await replayed();
    expect(told).toMatchObject({ quarantined: true, look: [{ action: "network.edited", id: network.id }] });
    expect(await quarantined()).toBe(true);
    expect(await replayed()).toEqual(told);
    await done(ended());
  });

  test("is for the command line while the journal tells of people: an administrator may be one whom a backup brought back", async () => {
    const leaver = await restored.person("rita", ["admins"]);
    await restored.person("sven", ["admins"]);
    await lost((live) => done(execute(live, deactivateUser, operator(), { id: leaver.id }, NOW)));
    const back = await restored.viewer("rita");
    const inPortal = (viewer = back) => execute(restored.db, endQuarantine, viewer, { although: ALTHOUGH }, NOW);
    const forbidden = { ok: false, refusal: { code: "forbidden" } };
    expect(await inPortal()).toMatchObject(forbidden);
    const group = { name: "new admins", role: "admin" };
    expect(await execute(restored.db, createGroup, back, group, NOW)).toMatchObject(forbidden);
    expect(await execute(restored.db, deactivateUser, back, { id: owner }, NOW)).toMatchObject(forbidden);
    expect(await replayed()).toMatchObject({ deactivated: 1, quarantined: false });
    expect(await execute(restored.db, deactivateUser, await restored.viewer("sven"), { id: owner }, NOW)).toMatchObject(
      {
        ok: true,
      },
    );
    await done(execute(restored.db, reactivateUser, operator(), { id: owner }, NOW));
  });

  test("leaves it to a person, too, where a line of the journal cannot be read", async () => {
    const { id } = await seedToken(restored.db, owner);
    await lost((live) => done(execute(live, revokeToken, operator(), { id }, NOW)));
    const { installationId } = await restored.db.settings.findFirstOrThrow();
    appendFileSync(join(folder, "journal", installationId, "portal.ndjson"), '\n{"era":1,"ends":[{"what":"forgo');
    expect(await replayed()).toMatchObject({ revoked: 1, whole: true, unreadable: 1, quarantined: true });
    expect(await ended()).toMatchObject({ refusal: { code: "invalid_input" } });
    await done(ended(ALTHOUGH));
  });

  test("ends again what had ended before a backup was restored at another address, and leaves the word to a person", async () => {
    const { id } = await seedToken(restored.db, owner);
    await lost((live) => done(execute(live, revokeToken, operator(), { id }, NOW)));
    await restored.db.settings.updateMany({ data: { quarantineWhy: "elsewhere" } });
    expect(await replayed()).toMatchObject({ revoked: 1, quarantined: true });
    expect((await tokenRow(id)).revokedAt).not.toBeNull();
    rmSync(join(folder, "journal"), { recursive: true });
    const missing = await missingEnds(operator(), (about) => files().read(about));
    expect(missing).toMatchObject({ ok: false, refusal: { code: "not_found" } });
    await restored.db.settings.updateMany({ data: { quarantineWhy: "behind" } });
    await done(ended(ALTHOUGH));
    expect(await missingEnds(operator(), (about) => files().read(about))).toMatchObject({ refusal: { code: "ended" } });
  });

  test.each([
    ["taken out", () => ""],
    ["changed", (line: string) => line.replace('"what":"end"', '"what":"go-on"')],
  ])("leaves it to a person, too, where a line was %s", async (_what, change) => {
    const { id } = await seedToken(restored.db, owner);
    await lost(async (live) => {
      await done(execute(live, revokeToken, operator(), { id }, NOW));
      await keeper(live).round();
      await done(execute(live, revokeToken, operator(), { id: (await seedToken(live, owner)).id }, NOW));
    });
    const { installationId } = await restored.db.settings.findFirstOrThrow();
    const path = join(folder, "journal", installationId, "portal.ndjson");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, lines.map((line) => (line.includes(id) ? change(line) : line)).join("\n"));
    expect(await replayed()).toMatchObject({ revoked: 0, whole: true, unreadable: 1, quarantined: true });
    expect((await tokenRow(id)).revokedAt).toBeNull();
    await done(ended(ALTHOUGH));
  });

  test("is said not to be whole where the journal begins after the backup", async () => {
    await keeper(restored.db).round();
    rmSync(join(folder, "journal"), { recursive: true });
    await lost(async () => undefined, { journalBegins: "after" });
    expect(await replayed()).toMatchObject({ whole: false, quarantined: true });
    expect(await ended("yes")).toMatchObject({ refusal: { code: "invalid_input" } });
    await done(ended(ALTHOUGH));
  });
});
