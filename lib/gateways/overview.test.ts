import { describe, expect, it } from "vitest";
import { callsOf, outcomesOf, silenceOf } from "./overview";

const NOW = Date.UTC(2026, 10, 22, 12);
const hoursAgo = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

describe("what came of a gateway's calls", () => {
  it("is told by reason, most frequent first, and knows what was let through", () => {
    const outcomes = outcomesOf([
      { reason: "allowed", calls: 2n },
      { reason: "write_refused", calls: 7n },
      { reason: "let_through", calls: 2 },
      { reason: "address_refused", calls: 0n },
    ]);
    expect(outcomes).toEqual([
      { reason: "write_refused", calls: 7, allowed: false },
      { reason: "allowed", calls: 2, allowed: true },
      { reason: "let_through", calls: 2, allowed: true },
    ]);
    expect(callsOf(outcomes)).toEqual({ all: 11, refused: 7 });
  });

  it("counts a reason of another version as refused, and nothing as nothing", () => {
    expect(callsOf(outcomesOf([{ reason: "of_tomorrow", calls: 1 }]))).toEqual({ all: 1, refused: 1 });
    expect(callsOf([])).toEqual({ all: 0, refused: 0 });
  });
});

describe("a gateway's silence", () => {
  it("is never, or the hours of it from the third on", () => {
    expect(silenceOf(null, NOW)).toBe("never");
    expect([0, 2.99, 3, 50].map((hours) => silenceOf(hoursAgo(hours), NOW))).toEqual([null, null, 3, 50]);
  });
});
