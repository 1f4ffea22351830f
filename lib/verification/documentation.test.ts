import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { verificationPage } from "./documentation";
import { nginxReasonMap } from "./nginx-reasons";
import { REASONS } from "./reasons";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("docs/verification.md is what the catalogue says: run `node docs/generate.mjs`", () => {
  expect(read("docs/verification.md")).toBe(verificationPage());
});

test("gateways/nginx/reasons.conf is what the catalogue says: run `node docs/generate.mjs`", () => {
  expect(read("gateways/nginx/reasons.conf")).toBe(nginxReasonMap());
});

test("the page lists every reason", () => {
  const page = verificationPage();
  for (const code of Object.keys(REASONS)) expect(page).toContain(`\`${code}\``);
});

test("nginx has a sentence and a help anchor for every refusal whose text it writes itself", () => {
  const map = nginxReasonMap();
  for (const [code, { status, sentence }] of Object.entries(REASONS)) {
    const words = map.split("\n").filter((line) => line.trim().startsWith(`${code} `));
    expect([code, words.length]).toEqual([code, [400, 403, 429].includes(status) ? 2 : 0]);
    if (words[0] !== undefined) expect(words[0]).toContain(`"${sentence}";`);
  }
});
