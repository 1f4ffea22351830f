import { describe, expect, test } from "vitest";
import type { Demand } from "./demand";
import { questionOf, verdictOf } from "./question";

const LIMIT = { perMinute: 6, burst: 2 };
const both: Demand = {
  ...{ kind: "requests", bucket: "denied" },
  wanted: [
    { id: "t-1", limit: LIMIT },
    { id: "o-1", limit: { perMinute: 600, burst: 50 } },
  ],
};
const failure: Demand = { kind: "failure", name: "192.0.2.7", limit: LIMIT };

describe("what is asked of Redis", () => {
  test("names token and owner by their ids in the bucket that is meant, with how large each is", () => {
    expect(questionOf(both)).toEqual({
      script: "take",
      keys: ["latchkey:denied:t-1", "latchkey:denied:o-1"],
      args: ["2", "10000", "50", "100"],
    });
  });

  test("names an address by itself, with its bucket and its window", () => {
    expect(questionOf(failure)).toEqual({
      script: "fail",
      keys: ["latchkey:failing:192.0.2.7", "latchkey:window:192.0.2.7"],
      args: ["2", "10000"],
    });
  });
});

describe("what Redis answers", () => {
  test("is what is left of each, or how long to wait", () => {
    expect(verdictOf(both, ["10000", "-0.5"])).toEqual({ kind: "requests", leftMs: [10_000, -0.5] });
    expect(verdictOf(failure, ["60000", "120000"])).toEqual({ kind: "failure", waitMs: 60_000, lengthMs: 120_000 });
  });

  test("is nothing where it is of another shape: no request passes by it, and none is refused by it", () => {
    for (const reply of [null, "OK", [], ["1"], ["1", "2", "3"], ["1", "x"], [1, 2], ["1", "inf"], ["1", "NaN"], {}]) {
      expect(() => verdictOf(both, reply), JSON.stringify(reply)).toThrow("not an answer of ours");
      expect(() => verdictOf(failure, reply), JSON.stringify(reply)).toThrow("not an answer of ours");
    }
  });
});
