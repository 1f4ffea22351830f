import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { JournalFiles } from "./files";
import type { Line } from "./line";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ID = "01a2014a-1b72-405c-a6d0-76738c0f5284";
const line = (audit: number): Line => ({
  ...{ era: 1, epoch: ID, audit: String(audit), hash: "ab".repeat(32), seq: "9", at: "2026-11-22T12:00:00.000Z" },
  ends: [],
});
const SECRETS = ["a secret for this installation only"];
const journals = (writer: string, mostBytes?: number, dataFolder = folder) =>
  new JournalFiles({ dataFolder, secrets: SECRETS }, writer, mostBytes);
const places = async (files: JournalFiles) => (await files.read(ID)).lines.map(({ audit }) => Number(audit));

describe("the journal's files", () => {
  test("are none before anything was written", async () => {
    expect(await journals("portal").read(ID)).toEqual({ lines: [], unreadable: 0, lost: null });
  });

  test("of several portals make one journal, and each has its own", async () => {
    const [one, other] = [journals("one"), journals("other")];
    for (const audit of [3, 1]) await one.append(ID, line(audit));
    await other.append(ID, line(2));
    expect(await places(one)).toEqual([1, 2, 3]);
    expect(readdirSync(join(folder, "journal", ID)).sort()).toEqual(["one.ndjson", "other.ndjson"]);
  });

  test("of several installations beside one data folder know nothing of each other", async () => {
    const files = journals("portal");
    await files.append("another", line(1));
    expect(await places(files)).toEqual([]);
  });

  test("can be read by nobody else on the machine", async () => {
    await journals("portal").append(ID, line(1));
    const mode = (...path: string[]) => statSync(join(folder, "journal", ...path)).mode & 0o777;
    expect([mode(), mode(ID), mode(ID, "portal.ndjson")]).toEqual([0o700, 0o700, 0o600]);
  });

  test("hold a bounded past: the oldest goes, the newest stays, and nothing between is lost", async () => {
    const files = journals("portal", 4_000);
    for (let audit = 1; audit <= 50; audit += 1) await files.append(ID, line(audit));
    const held = await places(files);
    expect(held.at(-1)).toBe(50);
    expect(held).toEqual(held.map((_, index) => (held[0] ?? 0) + index));
    expect(held.length).toBeGreaterThan(5);
    expect(held.length).toBeLessThan(50);
    expect(readdirSync(join(folder, "journal", ID))).toHaveLength(2);
  });

  test("go on after a line that a crash cut off", async () => {
    const files = journals("portal");
    await files.append(ID, line(1));
    appendFileSync(join(folder, "journal", ID, "portal.ndjson"), '\n{"era":1,"ep');
    await files.append(ID, line(2));
    expect(await places(files)).toEqual([1, 2]);
    expect((await journals("portal").read(ID)).lines.map(({ proof }) => proof)).toEqual(["sound", "sound"]);
  });

  test("are one chain over the processes that wrote them one after the other, and over the file that was set aside", async () => {
    for (let audit = 1; audit <= 30; audit += 1) await journals("portal", 4_000).append(ID, line(audit));
    const { lines, unreadable } = await journals("reader").read(ID);
    expect(readdirSync(join(folder, "journal", ID))).toHaveLength(2);
    expect([unreadable, ...new Set(lines.map(({ proof }) => proof))]).toEqual([0, "sound"]);
  });

  test("show a line that was taken out while the process that wrote it goes on", async () => {
    const files = journals("portal");
    for (const audit of [1, 2, 3]) await files.append(ID, line(audit));
    const path = join(folder, "journal", ID, "portal.ndjson");
    const kept = readFileSync(path, "utf8")
      .split("\n")
      .filter((text) => !text.includes('"audit":"3"'));
    writeFileSync(path, kept.join("\n"));
    await files.append(ID, line(4));
    const proofs = (await files.read(ID)).lines.map(({ audit, proof }) => `${audit} ${proof}`);
    expect(proofs).toEqual(["1 sound", "2 sound", "4 after a gap"]);
  });

  test("of which nothing can be read have a name for what is left, another one for something else, and none beside what can", async () => {
    const path = join(folder, "journal", ID, "portal.ndjson");
    await journals("portal").append(ID, line(1));
    const lostOf = async (text: string) => {
      writeFileSync(path, text);
      return (await journals("reader").read(ID)).lost;
    };
    const whole = readFileSync(path, "utf8");
    const names = [await lostOf("spoilt\n"), await lostOf("spoilt\n"), await lostOf("spoilt again\n")];
    expect(names).toEqual([names[0], names[0], expect.not.stringContaining(names[0] ?? "")]);
    for (const name of names) expect(z.uuid().safeParse(name).success).toBe(true);
    expect([await lostOf(`${whole}spoilt\n`), await lostOf("")]).toEqual([null, null]);
  });

  test("tell their writer when somebody else has touched them, until it has seen or written them", async () => {
    const [files, path] = [journals("portal"), join(folder, "journal", ID, "portal.ndjson")];
    expect(await files.isTouched(ID)).toBe(false);
    await files.append(ID, line(1));
    expect(await files.isTouched(ID)).toBe(false);
    rmSync(join(folder, "journal"), { recursive: true });
    expect([await files.isTouched(ID), await files.isTouched(ID)]).toEqual([true, true]);
    await files.append(ID, line(2));
    expect(await files.isTouched(ID)).toBe(false);
    appendFileSync(path, "x");
    expect(await files.isTouched(ID)).toBe(true);
    await files.see(ID);
    expect(await files.isTouched(ID)).toBe(false);
  });

  test("that cannot be written say so", async () => {
    writeFileSync(join(folder, "journal"), "a file, where a folder should be");
    await expect(journals("portal").append(ID, line(1))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
