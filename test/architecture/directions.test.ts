import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { listed, sources } from "../source-files";
import { alternatives } from "./alternatives";
import { PLANTS } from "./plants";

const { options, ...ruleSet }: { options: ICruiseOptions } & IFlattenedRuleSet = createRequire(import.meta.url)(
  join(projectFolder(), ".dependency-cruiser.cjs"),
);
const ENTRANCES = ["app", "server", "cli", "components", "lib"];
const RULES = ruleSet.forbidden ?? [];

async function cruised(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  // enhanced-resolve looks at the first of several targets in package.json's imports only.
  const alias = { "#components": join(baseDir, "components") };
  const { output } = await cruise([...folders], { ...options, baseDir, ruleSet, validate: true }, { alias });
  if (typeof output === "string") throw new Error(output);
  return output;
}

describe("every import", () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruised(projectFolder(), ENTRANCES);
  });

  test("keeps the dependency direction", () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  test("was looked at: a cruiser that cannot read a file finds nothing wrong in it", () => {
    const seen = new Set(result.modules.map(({ source }) => source));
    const missed = listed().filter((path) => ENTRANCES.includes(path.split("/")[0] ?? "") && !seen.has(path));
    expect(missed).toEqual([]);
  });

  test("is judged by expressions of which each alternative finds something", () => {
    const packages = readdirSync(join(projectFolder(), "node_modules")).map((name) => `node_modules/${name}/`);
    const resolved = result.modules.flatMap((each) => each.dependencies.map((to) => to.resolved));
    // What is bundled resolves to one of these once it has been built, and to the other before.
    const built = ["dist/latchkey.mjs", "../dist/latchkey.mjs"];
    const known = new Set([
      ...sources().map(({ path }) => path),
      ...resolved,
      ...built,
      ...packages,
      ...builtinModules,
    ]);
    const idle = RULES.flatMap((rule) => [rule.from, "to" in rule ? rule.to : {}])
      .flatMap((side) => ["path", "pathNot"].flatMap((key) => Reflect.get(side, key) ?? []))
      .flatMap((source: string) => alternatives(source.replaceAll("$1", "[^/]+")))
      // Anchors that only say how a name goes on: `(/|$)`.
      .filter((source) => ![...known].some((path) => new RegExp(source).test(path)));
    expect([...new Set(idle)]).toEqual([]);
  });
});

test("the alternatives of an expression are found at any depth, and none inside a class or an escape", () => {
  expect(alternatives("^(a|b(c|d))/e|[|(]\\|")).toEqual(["^(?:a)/e", "^(?:b(?:c))/e", "^(?:b(?:d))/e", "[|(]\\|"]);
});

describe("a planted violation is found", () => {
  const garden = mkdtempSync(join(tmpdir(), "latchkey-plants-"));
  afterAll(() => rmSync(garden, { recursive: true, force: true }));

  // Each tree is a test: some rules have a hundred, which a busy machine does not look through in the time of one.
  const trees = Object.entries(PLANTS).flatMap(([rule, all]) => all.map((files, n) => [rule, n + 1, files] as const));
  test.each(trees)("%s in tree %i", async (rule, n, files) => {
    const root = join(garden, rule, `${n}`);
    const all = { ...files, "package.json": JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*.ts" } }) };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const folders = ENTRANCES.filter((folder) => Object.keys(files).some((path) => path.startsWith(`${folder}/`)));
    const { summary } = await cruised(root, folders);
    const broken = summary.violations.map((violation) => violation.rule.name);
    expect(broken, JSON.stringify(files)).toContain(rule);
  });

  test("for every rule", () => {
    expect(Object.keys(PLANTS).sort()).toEqual(RULES.map((rule) => rule.name ?? "").sort());
  });
});
