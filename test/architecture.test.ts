import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { PLANTS } from "./architecture-plants";

const { options, ...ruleSet }: { options: ICruiseOptions } & IFlattenedRuleSet = createRequire(import.meta.url)(
  join(projectFolder(), ".dependency-cruiser.cjs"),
);
const ENTRANCES = ["app", "server", "cli", "components", "lib"];

async function cruised(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  // enhanced-resolve looks at the first of several targets in package.json's imports only.
  const alias = { "#components": join(baseDir, "components") };
  const { output } = await cruise([...folders], { ...options, baseDir, ruleSet, validate: true }, { alias });
  if (typeof output === "string") throw new Error(output);
  return output;
}

const said = (result: ICruiseResult): string[] =>
  result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

test("every import keeps the dependency direction", { timeout: 60_000 }, async () => {
  const result = await cruised(projectFolder(), ENTRANCES);
  expect(said(result)).toEqual([]);
  // A cruiser that cannot read TypeScript sees nothing and finds nothing wrong.
  expect(result.summary.totalCruised).toBeGreaterThan(150);
  for (const folder of ENTRANCES) {
    expect(result.modules.some(({ source }) => source.startsWith(`${folder}/`))).toBe(true);
  }
});

const garden = mkdtempSync(join(tmpdir(), "latchkey-plants-"));
afterAll(() => rmSync(garden, { recursive: true, force: true }));

test.each(Object.entries(PLANTS))("%s is found where it is planted", async (rule, files) => {
  const root = join(garden, rule);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*.ts" } }));
  const folders = ENTRANCES.filter((folder) => existsSync(join(root, folder)));
  const broken = new Set((await cruised(root, folders)).summary.violations.map((violation) => violation.rule.name));
  expect([...broken]).toContain(rule);
});

test("no rule stands without a plant that proves it", () => {
  const names = (ruleSet.forbidden ?? []).map((rule) => rule.name ?? "");
  expect(Object.keys(PLANTS).sort()).toEqual(names.sort());
});
