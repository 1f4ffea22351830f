import { expect, test } from "vitest";
import { keyView } from "./view";

const NOW = Date.UTC(2026, 10, 22, 12);
const row = (some: object = {}) => ({
  ...{
    kid: "session-1",
    purpose: "session",
    state: "retired" as const,
    createdAt: new Date(0),
    activatedAt: new Date(1),
  },
  ...{ retiredAt: new Date(NOW - 60_000), ...some },
});

test("a retired key opens until what it made has ended, to the millisecond", () => {
  const until = Date.parse(keyView(row(), NOW)?.opensUntil ?? "");
  expect(keyView(row(), until - 1)?.opens).toBe(true);
  expect(keyView(row(), until)?.opens).toBe(false);
});

test("the audit and vault keys open for ever", () => {
  for (const purpose of ["audit", "vault"])
    expect(keyView(row({ purpose }), NOW + 1e12)).toMatchObject({ opens: true, opensUntil: null });
});

test("a leaked key opens nothing, of whatever purpose", () => {
  expect(keyView(row({ state: "leaked" }), NOW)).toMatchObject({ opens: false, opensUntil: null });
});

test("a key that is not retired opens, and no end is told", () => {
  const active = row({ state: "active", retiredAt: null });
  expect(keyView(active, NOW)).toMatchObject({ opens: true, opensUntil: null, retiredAt: null });
});

test("of a purpose that nothing uses there is nothing to show", () => {
  expect(keyView(row({ purpose: "mail" }), NOW)).toBeNull();
});
