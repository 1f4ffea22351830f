import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "#lib/env";
import { projectFolder } from "#server/project";

const root = projectFolder();
const text = (path: string) => readFileSync(join(root, path), "utf8");
const folder = "deploy/systemd";
const units = readdirSync(join(root, folder)).filter((name) => name.endsWith(".service"));
const steps = text("server/build/steps.mjs");

/** The values of a directive in a unit. */
const valuesOf = (unit: string, name: string): string[] =>
  text(join(folder, unit))
    .split("\n")
    .filter((line) => line.startsWith(`${name}=`))
    .map((line) => line.slice(name.length + 1));

/** Programs that a text starts, as the build names them. */
const programsIn = (all: string): string[] => [...all.matchAll(/dist\/([\w-]+)\.mjs/g)].map(([, name = ""]) => name);
const isBuilt = (name: string): boolean => new RegExp(`^  "?${name}"?: "`, "m").test(steps);

/** Words that look like our variables. */
const variablesIn = (all: string): string[] => [
  ...new Set(
    all.match(/\b(?:LATCHKEY|DATABASE|PORTAL|VERIFIER|MANAGEMENT|OIDC|TRUSTED|CONFIRMATION)_[A-Z_]+\b/g) ?? [],
  ),
];

const HARDENED = {
  NoNewPrivileges: "true",
  ProtectSystem: "strict",
  ProtectHome: "true",
  PrivateTmp: "true",
  PrivateDevices: "true",
  CapabilityBoundingSet: "",
  RestrictAddressFamilies: "AF_INET AF_INET6 AF_UNIX",
  SystemCallFilter: "@system-service",
  UMask: "0077",
};

describe.each(units)("the unit %s", (unit) => {
  test("starts a program that the build makes", () => {
    const started = valuesOf(unit, "ExecStart").flatMap(programsIn);
    expect(started).toHaveLength(1);
    expect(started.filter((name) => !isBuilt(name))).toEqual([]);
  });

  test("can change nothing but its own state", () => {
    for (const [name, value] of Object.entries(HARDENED)) expect([name, valuesOf(unit, name)]).toEqual([name, [value]]);
    expect(valuesOf(unit, "MemoryDenyWriteExecute")).toEqual([]);
  });

  test("leaves time to end in order: the supervisor takes up to 30 seconds, a verifier up to 25", () => {
    const least = unit.includes("portal") ? 31 : 26;
    expect(Number(valuesOf(unit, "TimeoutStopSec")[0])).toBeGreaterThanOrEqual(least);
  });

  test("keeps secrets out of the unit, in a file that only it reads", () => {
    expect(valuesOf(unit, "EnvironmentFile")).toHaveLength(1);
    expect(valuesOf(unit, "Environment").join(" ")).not.toMatch(/SECRET|PASSWORD|_URL=/);
  });
});

describe("what is written for operators", () => {
  const FILES = [`${folder}/README.md`, "compose.yaml", "Dockerfile", "docs/operations.md"];

  test.each(FILES)("%s names no variable that nobody reads", (file) => {
    const own = ["OWNER_PASSWORD", "PORTAL_PASSWORD", "VERIFIER_PASSWORD", "RETENTION_PASSWORD"];
    expect(variablesIn(text(file)).filter((name) => !VARIABLES.includes(name) && !own.includes(name))).toEqual([]);
  });

  test.each(FILES)("%s starts no program that is not built", (file) => {
    expect(programsIn(text(file)).filter((name) => !isBuilt(name))).toEqual([]);
  });

  test("the image has everything that the programs read at run time", () => {
    const copied = [...text("Dockerfile").matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, all = ""]) =>
      all.split(" "),
    );
    for (const path of [
      "package.json",
      "next.config.js",
      "node_modules",
      ".next",
      "dist",
      "public",
      "prisma/migrations",
      "gateways",

      "server/health.mjs",
    ]) {
      expect([path, copied.includes(`/app/${path}`)]).toEqual([path, true]);
    }
  });
});
