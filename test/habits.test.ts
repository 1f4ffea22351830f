import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  isExportAssignment,
  isImportDeclaration,
  isNonNullExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from "typescript";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { IN_THEIR_OWN_PROCESS } from "./own-process";
import { places, type Source, sources } from "./source-files";

const ALL = sources();
const SHIPPED = ALL.filter((source) => !source.isTest);
const TESTS = ALL.filter((source) => source.isTest);
const sized = (files: readonly Source[]) => files.map((file) => file.lines).sort((a, b) => a - b);
const quantile = (values: readonly number[], share: number) => values[Math.ceil(values.length * share) - 1] ?? 0;
const pathsOf = (files: readonly Source[]) => files.map((file) => file.path);
const containing = (files: readonly Source[], pattern: RegExp) =>
  pathsOf(files.filter(({ path, text }) => path !== "test/habits.test.ts" && pattern.test(text)));

describe("files are easy to hold in the head", () => {
  test("half of them have at most 60 lines, nine of ten at most 150", () => {
    expect(SHIPPED.length).toBeGreaterThan(50);
    expect(quantile(sized(SHIPPED), 0.5)).toBeLessThanOrEqual(60);
    expect(quantile(sized(SHIPPED), 0.9)).toBeLessThanOrEqual(150);
  });

  test("none has more than 250 lines, tests included", () => {
    expect(ALL.filter((file) => file.lines > 250).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  test("no name says nothing, and nothing is re-exported from an index", () => {
    const empty = /^(utils?|helpers?|types|constants|services?|common|misc|index|middleware|proxy)$/;
    const parts = (path: string) => [...dirname(path).split("/"), basename(path).replace(/\..*$/, "")];
    expect(pathsOf(ALL).filter((path) => parts(path).some((part) => empty.test(part)))).toEqual([]);
  });

  test("no folder is deeper than five, route folders of the API excepted", () => {
    const deep = (path: string) => dirname(path).split("/").length > 5 && !path.startsWith("app/api/");
    expect(pathsOf(ALL).filter(deep)).toEqual([]);
  });
});

describe("the compiler is not talked out of anything", () => {
  test("there is no any, no non-null assertion, no suppression", () => {
    const any = (node: Node) => node.kind === SyntaxKind.AnyKeyword || isNonNullExpression(node);
    expect(ALL.flatMap((source) => places(source, any))).toEqual([]);
    expect(containing(ALL, /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/)).toEqual([]);
  });

  test("exports have names, except where Next or Vitest asks for a default", () => {
    const byConvention =
      /(^|\/)app\/.*\b(page|layout|not-found|error|global-error|template)\.(tsx|js)$|^test\/database-setup\.ts$|\.d\.ts$/;
    const own = ALL.filter(({ path }) => !byConvention.test(path));
    const isDefault = (node: Node) => isExportAssignment(node) || node.kind === SyntaxKind.DefaultKeyword;
    const exported = (node: Node) => isDefault(node) && !isInSwitch(node);
    expect(own.flatMap((source) => places(source, exported))).toEqual([]);
  });

  test("imports across folders start with #, and stay relative inside one", () => {
    const top = (path: string) =>
      path
        .split("/")
        .slice(0, path.startsWith("lib/") ? 2 : 1)
        .join("/");
    const crossing = (source: Source) => (node: Node) =>
      isImportDeclaration(node) &&
      isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text.startsWith("../") &&
      top(join(dirname(source.path), node.moduleSpecifier.text)) !== top(source.path);
    expect(ALL.filter(isTypeScript).flatMap((source) => places(source, crossing(source)))).toEqual([]);
  });
});

const isInSwitch = (node: Node): boolean => node.parent?.kind === SyntaxKind.CaseBlock;
const isTypeScript = ({ path }: Source): boolean => /\.tsx?$/.test(path);

describe("tests mean what they say", () => {
  test("none is skipped, alone or to be done", () => {
    expect(containing(TESTS, /\b(test|it|describe)\.(skip|only|todo|fixme|fails)\b/)).toEqual([]);
  });

  test("none compares with a snapshot or mocks a module", () => {
    expect(containing(TESTS, /toMatch(Inline|File)?Snapshot|toHaveScreenshot|\b(vi|jest)\.(mock|doMock)\(/)).toEqual(
      [],
    );
  });

  test("none waits for a time", () => {
    expect(containing(TESTS, /timers\/promises|waitForTimeout|setTimeout\(\s*(resolve|done|r)\b/)).toEqual([]);
  });

  test("unit tests that measure their process, or change what others see of it, have one of their own", () => {
    const unit = TESTS.filter(({ path }) => /(?<!\.int)\.test\.tsx?$/.test(path));
    const own = /\bprocess\.(env\.\w+ (\?\?)?= |cpuUsage|memoryUsage|chdir)|\bvi\.\w/;
    expect(containing(unit, own).sort()).toEqual(IN_THEIR_OWN_PROCESS);
  });

  test("there are at least 1.2 lines of test for each line of lib, most of them tests of nothing else", () => {
    const total = (files: readonly Source[]) => files.reduce((sum, file) => sum + file.lines, 0);
    const lib = total(ALL.filter(({ path, isTest }) => path.startsWith("lib/") && !isTest));
    expect(lib).toBeGreaterThan(10_000);
    expect(total(TESTS) / lib).toBeGreaterThanOrEqual(1.2);
    // Its own tests, and those of the verifier's and the API's doors, behind which there is nothing else.
    const ofLib = ({ path }: Source) => /^(lib|server\/verifier|app\/api)\/.*\.test\.tsx?$/.test(path);
    expect(total(TESTS.filter(ofLib)) / lib).toBeGreaterThanOrEqual(0.94);
  });
});

describe("what is decided once for all", () => {
  const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(projectFolder(), "package.json"), "utf8"),
  );
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };

  test("versions are exact", () => {
    const loose = Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  test.each([
    ["next", "16.4.6"],
    ["next-auth", "4.24.15"],
    ["zod", "4.6.7"],
  ])("%s is at least %s, below which there are known holes", (name, floor) => {
    const installed = readFileSync(join(projectFolder(), "node_modules", name, "package.json"), "utf8");
    for (const version of [versions[name] ?? "", String(JSON.parse(installed).version)]) {
      expect(version.localeCompare(floor, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
      expect(version.split(".")[0]).toBe(floor.split(".")[0]);
    }
  });

  test("TypeScript stays at 6.0, because 7 has no API for the dependency rules", () => {
    expect(versions.typescript).toMatch(/^6\.0\./);
  });

  test("a form is drawn anew by KeepTyped, which keeps what was typed, and by no key of its own", () => {
    expect(containing(ALL, /\bkey=\{[^}]*\bversion\b/)).toEqual([]);
  });

  test("there are no Server Actions: the browser writes through the same API as scripts", () => {
    expect(containing(ALL, /["']use server["']/)).toEqual([]);
  });
});
