import { describe, expect, test } from "vitest";
import { ClockWatch } from "./clock-watch";

const at = (wall: number) => ({ wall, mono: 5 });
/** What is said of a clock of the database that is so far from ours, by an answer that was so long under way. */
const noted = (watch: ClockWatch, theirsMs: number, wayMs = 0) =>
  watch.note(at(100_000), at(100_000 + wayMs), 100_000 + theirsMs);

describe("a watch over two clocks", () => {
  test("knows nothing before the database has said anything, or where it says nothing that can be read", () => {
    const watch = new ClockWatch();
    expect(watch.aheadMs).toBeNull();
    expect([watch.note(at(1), at(2), null), watch.aheadMs]).toEqual([null, null]);
  });

  test.each([
    ["the same", 0, 0, 0],
    ["the same, in the middle of a millisecond", 0.7, 0, 0],
    ["within the way of the answer", 900, 1_000, 0],
    ["behind ours", -3_000, 500, 3_000],
    ["ahead of ours by more than the way", 3_000, 500, -2_500],
  ])("holds no way of an answer against a clock: %s", (_what, theirs, way, ahead) => {
    const watch = new ClockWatch();
    noted(watch, theirs, way);
    expect(watch.aheadMs).toBe(ahead);
  });

  test("says once that they differ, and once that they agree again, not what lies between", () => {
    const watch = new ClockWatch();
    const told = [0, 2_000, 2_001, 9_000, -9_000, 1_500, 1_001, 1_000, 1_500, 2_000, -2_001].map((ms) =>
      noted(watch, ms),
    );
    expect(told.map((news) => news?.differs)).toEqual([
      ...[undefined, undefined, true, undefined, undefined, undefined, undefined, false, undefined, undefined, true],
    ]);
    expect(told.flatMap((news) => news?.aheadMs ?? [])).toEqual([-2_001, -1_000, 2_001]);
  });

  test("takes a clock of ours that is set back while it asks for no more than that", () => {
    const watch = new ClockWatch();
    expect(watch.note(at(100_000), at(90_000), 100_000)).toBeNull();
    expect(watch.aheadMs).toBe(0);
  });
});
