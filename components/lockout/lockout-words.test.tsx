import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import type { Loss } from "#lib/lockout/lockout";
import { LockoutWords } from "./lockout-words";

const drawn = (loss: Loss) =>
  html(<LockoutWords lockout={{ since: "2026-11-22T12:00:00.000Z", losses: [loss], unknown: [] }} />);

test("dots promise more names only where there are more", () => {
  const loss = { count: 40, what: "questions were about", examples: ["jira"] };
  expect(drawn({ ...loss, more: false })).not.toContain("…");
  expect(drawn({ ...loss, more: true })).toContain("jira …");
});

test("where nobody could look, nothing is said to speak for or against it", () => {
  const words = html(<LockoutWords lockout={null} />);
  expect(words).toContain("cannot be foreseen");
  expect(words).not.toMatch(/speaks against|would refuse what passed/);
});
