import { describe, expect, test } from "vitest";
import { type Change, type Pulled, planOf, progressAfter } from "./propagation";

const token = (seq: number, key = `digest-${seq}`): Change => ({ seq, kind: "token", key });
const progress = { timeline: "a", applied: 7, mark: "row-7" };
const pulled = (change: Partial<Pulled>): Pulled => ({
  timeline: "a",
  head: 7,
  headMark: "row-head",
  appliedMark: "row-7",
  changes: [],
  ...change,
});

describe("what follows from a pull", () => {
  test("every change up to the head is applied in order", () => {
    const changes = [token(8), token(9), token(9, "other"), token(10)];
    expect(planOf(progress, pulled({ head: 10, changes }))).toEqual({ kind: "apply", changes });
  });

  test("nothing new is an empty application", () => {
    expect(planOf(progress, pulled({}))).toEqual({ kind: "apply", changes: [] });
  });

  test.each([
    ["below, because old rows were pruned", [token(9), token(10)]],
    ["in the middle", [token(8), token(10)]],
    ["above, because more changed than one pull fetches", [token(8), token(9)]],
    ["everywhere, because somebody moved the head by hand", []],
  ])("a hole %s flushes everything", (_where, changes) => {
    expect(planOf(progress, pulled({ head: 10, changes }))).toEqual({ kind: "flush", why: "hole" });
  });

  test("the first pull, another server or epoch and a head that went back begin another timeline", () => {
    expect(planOf(null, pulled({}))).toEqual({ kind: "restart", why: "start" });
    expect(planOf(progress, pulled({ timeline: "b", head: 9 }))).toEqual({ kind: "restart", why: "timeline" });
    expect(planOf(progress, pulled({ head: 6 }))).toEqual({ kind: "restart", why: "rewritten" });
  });

  test("a restored backup that has overtaken us again is recognised by another row where we were", () => {
    const changes = [token(8)];
    expect(planOf(progress, pulled({ head: 8, changes, appliedMark: "another" })).kind).toBe("restart");
    expect(planOf(progress, pulled({ head: 8, changes, appliedMark: null })).kind).toBe("restart");
  });

  test("afterwards the verifier is at the head of that snapshot", () => {
    expect(progressAfter(pulled({ head: 9 }))).toEqual({ timeline: "a", applied: 9, mark: "row-head" });
  });
});
