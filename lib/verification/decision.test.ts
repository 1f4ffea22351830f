import { describe, expect, test } from "vitest";
import { decide } from "#test/verification";
import { undecided } from "./decision";
import { REASONS } from "./reasons";

describe("what could not be decided", () => {
  test("is a refusal that knows nobody, unless it is told what was learnt", () => {
    const { subject } = undecided("facts_unconfirmed");
    expect(new Set(Object.values(subject).flat())).toEqual(new Set([null, false]));
    const learnt = decide().subject;
    expect(undecided("deadline_exceeded", undefined, learnt).subject).toBe(learnt);
  });

  test("keeps what was thrown for the log", () => {
    const cause = new Error("x");
    expect(undecided("undecided", cause)).toMatchObject({ allowed: false, reason: "undecided", rule: null, cause });
  });
});

describe("a decision", () => {
  test("that allows cannot be copied into being by spelling its fields out", () => {
    const decision = decide();
    if (!decision.allowed) throw new Error(decision.reason);
    const mark = Object.getOwnPropertySymbols(decision);
    expect(mark).toHaveLength(1);
    expect(Object.getOwnPropertySymbols(JSON.parse(JSON.stringify(decision)))).toEqual([]);
  });

  test("allows exactly with the reasons whose status is 200", () => {
    for (const situation of [{}, { request: { headers: [] } }, { found: null }, { request: { method: "PUT" } }]) {
      const { allowed, reason } = decide(situation);
      expect(allowed).toBe(REASONS[reason].status === 200);
    }
  });
});
