import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
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

const NOW = Date.now();
const folder = mkdtempSync(join(tmpdir(), "latchkey-lost-"));
let installation: TestInstallation;
let id: string;
let file: string;
let kept: JournalKeeper;
let told: unknown[];

const files = () => new JournalFiles({ dataFolder: folder, secrets: [process.env.LATCHKEY_SECRET ?? ""] }, "portal");
const keeper = (db: Database) =>
  new JournalKeeper({
    ...{ db, url: "http://localhost:3000", files: files(), by: system("journal"), now: () => NOW },
    onQuarantine: () => undefined,
    onRound: (error) => error !== null && told.push(error),
    onDamage: (lines) => told.push(lines),
    onLost: () => told.push("lost"),
    onLate: (signedIn) => told.push(signedIn),
  });
const lines = async () => (await files().read(id)).lines;

/** A line, without what ended. */
const forgotten = (text: string): string => text.replace(/"ends":\[.*?\]/, '"ends":[]');

/** Something ends, and the portal that runs writes it down. */
async function revoke(): Promise<void> {
  const owner = await installation.db.user.findFirstOrThrow();
  const token = await seedToken(installation.db, owner.id);
  expect(await execute(installation.db, revokeToken, operator(), { id: token.id }, NOW)).toMatchObject({ ok: true });
  await kept.round();
}

beforeAll(async () => {
  process.env.LATCHKEY_DATA_DIR = folder;
  installation = await createInstallation(NOW);
  await installation.person("maria", ["api-users"]);
  id = (await installation.db.settings.findUniqueOrThrow({ where: { id: 1 } })).installationId;
  file = join(folder, "journal", id, "portal.ndjson");
});
afterAll(() => installation.close());
beforeEach(async () => {
  told = [];
  kept = keeper(installation.db);
  await kept.round();
});
afterEach(() => rmSync(join(folder, "journal"), { recursive: true, force: true }));

describe("a journal", () => {
  test.each<[string, () => void]>([
    ["deleted", () => rmSync(join(folder, "journal"), { recursive: true })],
    ["emptied", () => writeFileSync(file, "")],
    ["spoilt", () => writeFileSync(file, readFileSync(file, "utf8").replaceAll('"era"', '"\0ra"'))],
  ])(
    "that is %s while its portal runs says again how far it was, and an older backup is noticed",
    async (_what, damage) => {
      const copy = await copyOf(installation.database);
      const older = openDatabase(copy.portalUrl);
      await revoke();
      damage();
      await kept.round();
      await kept.round();
      expect(told).toEqual(["lost"]);
      expect(await lines()).toMatchObject([{ proof: "sound", ends: [] }]);
      expect((await keeper(installation.db).look())?.standing).toBe("follows");
      expect((await keeper(older).look())?.standing).toBe("behind");
      expect(await execute(older, endQuarantine, operator(), {}, NOW)).toMatchObject({
        refusal: { code: "invalid_input" },
      });
      await older.$disconnect();
      await copy.drop();
    },
  );

  test("that begins beside a database to which somebody has signed in says so, and one of a new database does not", async () => {
    expect(told).toEqual([]); // it has just begun, and nobody has signed in
    rmSync(join(folder, "journal"), { recursive: true });
    const { id: userId } = await installation.db.user.findFirstOrThrow();
    const signedIn = new Date(NOW);
    await installation.db.userActivity.update({ where: { id: userId }, data: { lastSignInAt: signedIn } });
    const next = keeper(installation.db);
    await next.round();
    await next.round();
    await keeper(installation.db).round();
    expect(told).toEqual([signedIn]);
    expect(await lines()).toHaveLength(1);
    await installation.db.userActivity.update({ where: { id: userId }, data: { lastSignInAt: null } });
  });

  test("that cannot be written yet says how far it was as soon as it can be", async () => {
    await revoke();
    rmSync(join(folder, "journal"), { recursive: true });
    writeFileSync(join(folder, "journal"), "a file, where a folder should be");
    await kept.round();
    expect(told).toEqual([expect.any(Error)]);
    rmSync(join(folder, "journal"));
    await kept.round();
    expect(told).toEqual([expect.any(Error), "lost"]);
    expect(await lines()).toHaveLength(1);
  });

  test("that is touched, and has all that it had, goes on as if nothing had been", async () => {
    await revoke();
    const before = await lines();
    writeFileSync(file, readFileSync(file, "utf8"));
    await kept.round();
    expect([told, await lines()]).toEqual([[], before]);
  });

  test("that lost its last line only goes on behind what is left, and shows that something is gone", async () => {
    await revoke();
    const texts = readFileSync(file, "utf8").trimEnd().split("\n");
    writeFileSync(file, `${texts.slice(0, -1).join("\n")}\n`);
    await kept.round();
    expect(told).toEqual(["lost"]);
    expect((await lines()).at(-1)).toMatchObject({ proof: "after a gap", ends: [] });
    expect((await keeper(installation.db).look())?.standing).toBe("follows");
  });

  test.each<[string, (texts: string[]) => string[], unknown[]]>([
    ["a line between others is taken out", (texts) => texts.toSpliced(-2, 1), [1]],
    ["the ends are taken out of its last line", (texts) => texts.with(-1, forgotten(texts.at(-1) ?? "")), ["lost"]],
  ])("of which %s while its portal runs says so, once", async (_what, damage, said) => {
    await revoke();
    await revoke();
    const texts = readFileSync(file, "utf8").trimEnd().split("\n").filter(Boolean);
    writeFileSync(file, `${damage(texts).join("\n")}\n`);
    await kept.round();
    await kept.round();
    expect(told).toEqual(said);
  });

  test("of which a line was taken out while no portal ran still tells an older backup, which knows the line before", async () => {
    await revoke();
    const copy = await copyOf(installation.database);
    const older = openDatabase(copy.portalUrl);
    await revoke();
    await revoke();
    const texts = readFileSync(file, "utf8").trimEnd().split("\n").filter(Boolean);
    writeFileSync(file, `${[...texts.slice(0, -2), ...texts.slice(-1)].join("\n")}\n`);
    expect((await lines()).at(-1)).toMatchObject({ proof: "after a gap" });
    expect((await keeper(older).look())?.standing).toBe("behind");
    const [end] = z.object({ ends: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(texts.at(-2) ?? "")).ends;
    const tells = async () =>
      (await lines())
        .filter(({ ends }) => ends.some((each) => "id" in each && each.id === end?.id))
        .map(({ proof }) => proof);
    expect(await tells()).toEqual([]);
    await keeper(installation.db).round();
    expect(await tells()).toEqual(["sound"]);
    expect((await keeper(installation.db).look())?.standing).toBe("follows");
    expect(told).toEqual([1, 1, 1]);
    await older.$disconnect();
    await copy.drop();
  });
});
