import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";

const lock = pathToFileURL(join(projectFolder(), "server", "build", "lock.mjs")).href;

/** Notes when it begins and when it ends, alone. */
const BUILDER = `
import { appendFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { whileAlone } from "${lock}";
await whileAlone(async () => {
  appendFileSync("notes", "(");
  for (let i = 0; i < 2000; i += 1) await stat("dist"); // work, in which others get their turn
  appendFileSync("notes", ")");
});
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-lock-"));
  mkdirSync(join(folder, "dist"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function build(): Promise<number | null> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", BUILDER], { cwd: folder, stdio: "ignore" });
  return new Promise((resolve) => child.once("exit", resolve));
}

const notes = (): string => readFileSync(join(folder, "notes"), "utf8");
const path = (): string => join(folder, "dist", "building");

describe("a clone is built by one start at a time", () => {
  test("however many begin together", async () => {
    expect(await Promise.all([build(), build(), build()])).toEqual([0, 0, 0]);
    expect(notes()).toBe("()()()");
    expect(existsSync(path())).toBe(false);
  });

  test("and one that was killed keeps nobody waiting", async () => {
    writeFileSync(path(), "4194305");
    expect(await build()).toBe(0);
    expect(notes()).toBe("()");
  });

  test("nor does one that has shown no life for long, although its number belongs to somebody now", async () => {
    writeFileSync(path(), String(process.pid));
    const long = new Date(Date.now() - 60_000);
    utimesSync(path(), long, long);
    expect(await build()).toBe(0);
  });
});
