import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfiguration, VARIABLES } from "#lib/env";
import { projectFolder } from "#server/project";

const lines = readFileSync(join(projectFolder(), ".env.example"), "utf8").split("\n");
const examples = lines.flatMap((line) => {
  const match = line.match(/^# ([A-Z][A-Z_]+)=(.*)$/);
  return match?.[1] ? [{ name: match[1], value: match[2] ?? "" }] : [];
});

test(".env.example shows every variable that is read, once", () => {
  expect(VARIABLES.length).toBeGreaterThan(20);
  expect(examples.map(({ name }) => name).sort()).toEqual([...VARIABLES].sort());
});

test(".env.example has nothing but comments, so that a copy of it changes nothing", () => {
  expect(lines.filter((line) => line !== "" && !line.startsWith("# "))).toEqual([]);
});

test("every value shown in .env.example is a good one", () => {
  expect(readConfiguration(Object.fromEntries(examples.map(({ name, value }) => [name, value])))).toMatchObject({
    ok: true,
  });
});

test("a standard that .env.example shows is the standard", () => {
  const shown = readConfiguration(
    Object.fromEntries(
      examples.filter(({ name }) => !/URL|PROXIES|NAME/.test(name)).map(({ name, value }) => [name, value]),
    ),
  );
  expect(shown).toEqual(readConfiguration({}));
});
