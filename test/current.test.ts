import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verificationPage } from "#lib/verification/documentation";
import { nginxReasonMap } from "#lib/verification/nginx-reasons";
import { projectFolder } from "#server/project";
import { gatewaysPage } from "./gateways/page";

const stored = (...path: string[]) => readFileSync(join(projectFolder(), ...path), "utf8");

test("nginx says what the catalogue says: node docs/generate.mjs", () => {
  expect(stored("gateways", "nginx", "reasons.conf")).toBe(nginxReasonMap());
});

test("the page about verification says what the verifier does: node docs/generate.mjs", () => {
  expect(stored("docs", "verification.md")).toBe(verificationPage());
});

test("the page about gateways says what is tested of them: node docs/generate.mjs", () => {
  expect(stored("docs", "gateways.md")).toBe(gatewaysPage());
});

test("no sentence for nginx could end its string or name a variable", () => {
  for (const line of nginxReasonMap().split("\n")) {
    const [, text] = /"(.*)";$/.exec(line) ?? [];
    if (text !== undefined) expect(text).not.toMatch(/["\\$]/);
  }
});
