import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";

const read = (path: string) => readFileSync(join(projectFolder(), path), "utf8");
const SCRIPTS = Object.entries<string>(JSON.parse(read("package.json")).scripts);
/** `[exec] node PROGRAM [COMMAND]`, and nothing besides. */
const SHAPE = /^(?:exec )?node (?<program>\S+\.mjs)(?: (?<command>[a-z-]+))?$/;

/** What a program says it can be asked for, when it is asked for what it cannot. */
function known(program: string): string[] {
  const { status, stderr } = spawnSync(process.execPath, [program, "nothing-of-the-kind"], {
    cwd: projectFolder(),
    encoding: "utf8",
  });
  const found = /^There is no nothing-of-the-kind: ask for one of (.+)\.$/m.exec(stderr)?.[1];
  expect({ program, status, found }).toEqual({ program, status: 2, found: expect.any(String) });
  return String(found).split(", ");
}

describe("what package.json lets one run", () => {
  test.each(SCRIPTS)("npm run %s calls a program that is there, with what that program knows", (_name, script) => {
    const { program = "", command } = SHAPE.exec(script)?.groups ?? {};
    expect({ script, isThere: existsSync(join(projectFolder(), program)) }).toEqual({ script, isThere: true });
    if (command !== undefined) expect(known(program)).toContain(command);
  });

  test("is all that the documents say to run", () => {
    const pages = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(projectFolder(), "docs"))]
      .filter((name) => name.endsWith(".md"))
      .map((name) => (existsSync(join(projectFolder(), name)) ? name : join("docs", name)));
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !SCRIPTS.some(([script]) => script === name))).toEqual([]);
  });
});
