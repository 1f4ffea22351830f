import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { WaitingRoom } from "./waiting";

setFlagsFromString("--expose-gc");
const collect: (how?: { readonly type: "minor" }) => void = runInNewContext("gc");

const ROUNDS = 120;
/** So seldom that nobody waits while two collections pass, after which what lives is old. */
const SELDOM = 4;
const AT_ONCE = 32;
const KILOBYTES = 16;
const ENDLESS = 10_000_000;

/** What a request brings along, so that it shows who keeps requests. */
const request = () => Array.from({ length: KILOBYTES * 128 }, (_, i) => i + 0.5);

test("requests that have waited leave with the next small collections, also where somebody always waits", () => {
  const room = new WaitingRoom();
  const waiting: string[][] = [];
  const come = (round: number) => {
    const digests = Array.from({ length: AT_ONCE }, (_, i) => `${round} ${i}`);
    for (const digest of digests) {
      const brought = request();
      room.add(digest, ENDLESS, () => brought.length);
    }
    waiting.push(digests);
  };
  collect();
  const before = process.memoryUsage().heapUsed;
  come(0);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const asked = room.take(AT_ONCE);
    come(round); // while the others are asked for: the room is never empty
    for (const digest of waiting.shift() ?? []) room.settle(digest, "unknown");
    room.putBack(asked);
    if (round % SELDOM === 0) collect({ type: "minor" });
  }
  const kept = (process.memoryUsage().heapUsed - before) / 1_024 / KILOBYTES / AT_ONCE;
  expect(room.size).toBe(AT_ONCE);
  // In rounds: who waits, and what came since the last collection.
  expect(kept).toBeLessThan(ROUNDS / 4);
});
