import { describe, expect, test } from "vitest";
import { type Change, type Pulled, planOf, progressAfter } from "./propagation";

const token = (seq: number, key = `digest-${seq}`): Change => ({ seq, kind: "token", key });
const progress = { timeline: "a@1", applied: 7, mark: "row-7", waits: false };
const pulled = (change: Partial<Pulled>): Pulled => ({
  timeline: "a@1",
  head: 7,
  headMark: "row-head",
  appliedMark: "row-7",
  changes: [],
  succeeds: false,
  isMissed: false,
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

  test("the first pull, and the same history on another server, begin another timeline", () => {
    expect(planOf(null, pulled({}))).toEqual({ kind: "restart", why: "start" });
    expect(planOf(progress, pulled({ timeline: "a@2", head: 9 }))).toEqual({ kind: "restart", why: "timeline" });
    expect(planOf(progress, pulled({ timeline: "a@2" }))).toEqual({ kind: "restart", why: "timeline" });
  });

  test("afterwards the verifier is at the head of that snapshot", () => {
    const read = pulled({ head: 9 });
    expect(progressAfter(progress, planOf(progress, read), read)).toEqual({
      ...{ timeline: "a@1", applied: 9, mark: "row-head", waits: false },
    });
  });
});

describe("a database that does not know what we have applied", () => {
  const unknown: [string, Partial<Pulled>, string][] = [
    ["whose head is behind ours", { head: 6, appliedMark: "row-6" }, "behind"],
    ["that has overtaken us, with another row where we were", { head: 9, appliedMark: "another" }, "rewritten"],
    ["that has no row up to where we were, although it keeps more", { head: 9, appliedMark: null }, "rewritten"],
    ["of an epoch that does not go on from ours", { timeline: "b@1", head: 9 }, "another history"],
  ];

  test.each(unknown)("%s is waited for, in a server that was restarted too", (_what, change, why) => {
    for (const start of ["1", "2"]) {
      const read = pulled({ ...change, timeline: (change.timeline ?? "a@1").replace("1", start) });
      const plan = planOf(progress, read);
      expect(plan).toEqual({ kind: "wait", why });
      expect(progressAfter(progress, plan, read)).toEqual({ ...progress, waits: true });
    }
  });

  const waiting = { ...progress, waits: true };

  test.each(unknown)(
    "%s is waited for until it knows it again, or somebody says that it goes on from ours",
    (_what, change, why) => {
      expect(planOf(waiting, pulled(change))).toEqual({ kind: "wait", why });
      expect(planOf(waiting, pulled({ head: 9 }))).toEqual({ kind: "restart", why: "found again" });
      const accepted = pulled({ ...change, timeline: "c@1", succeeds: true });
      const plan = planOf(waiting, accepted);
      expect(plan).toEqual({ kind: "restart", why: "found again" });
      expect(progressAfter(waiting, plan, accepted)).toMatchObject({ timeline: "c@1", waits: false });
    },
  );

  test("is waited for by who knows nothing of it, where another verifier says so, until that one says otherwise", () => {
    for (const [from, begun] of [
      [null, "start"],
      [progress, "found again"],
    ] as const) {
      const missed = pulled({ isMissed: true });
      const plan = planOf(from, missed);
      expect(plan).toEqual({ kind: "wait", why: "missed by another" });
      const after = progressAfter(from, plan, missed);
      expect(after).toEqual(from && { ...from, waits: true });
      expect(planOf(after, pulled({}))).toEqual({ kind: "restart", why: begun });
    }
  });

  test("is one of which we know it ourselves, whatever others say", () => {
    const read = pulled({ head: 6, appliedMark: "row-6", isMissed: true });
    expect(planOf(progress, read)).toEqual({ kind: "wait", why: "behind" });
  });

  test("is none that has pruned what we knew: who was away for so long begins anew", () => {
    const changes = [token(150_000)];
    expect(planOf(progress, pulled({ head: 150_000, changes, appliedMark: null })).kind).toBe("flush");
    expect(planOf(progress, pulled({ head: 100_007, changes, appliedMark: null })).kind).toBe("wait");
    expect(planOf(progress, pulled({ head: 150_000, changes, appliedMark: "row-3" })).kind).toBe("wait");
  });

  test("of another epoch that goes on from ours begins another timeline, however low its head", () => {
    const read = pulled({ timeline: "b@1", head: 3, succeeds: true });
    expect(planOf(progress, read)).toEqual({ kind: "restart", why: "timeline" });
  });
});
