import { expect, test } from "vitest";
import type { Live } from "./lease-watch";
import { after, namesOf } from "./leases";

const live = (id: string, applied: boolean): Live => ({
  ...{ id, run: `${id} ${applied}`, applied, boundMs: 1, seenAtMs: 0, remainingMs: 1 },
});

test("a name has applied something when each of its runs has, and is named once", () => {
  expect(namesOf([live("a", true), live("a", true), live("b", true), live("b", false), live("c", false)])).toEqual({
    acknowledged: ["a"],
    outstanding: ["b", "c"],
  });
});

test("what is told to hold from then on is not in the past by the database's clock, nor by ours", () => {
  const noon = Date.parse("2026-11-23T12:00:00Z");
  const hour = 3_600_000;
  for (const [databaseMs, wallMs] of [
    [noon, noon - hour],
    [noon - hour, noon],
    [noon, noon],
  ] as const) {
    expect(after({ databaseMs, wallMs, monoMs: 0 }, 5_000)).toBe("2026-11-23T12:00:05.001Z");
  }
});
