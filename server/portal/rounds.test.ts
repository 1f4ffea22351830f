import { expect, test } from "vitest";
import { waitUntil } from "#test/upstreams/wait-until";
import { goRounds } from "./rounds";

const HOUR_MS = 3_600_000;

/** A round that lasts until it is told to be over. */
function heldRound(pauseMs: number) {
  const over: (() => void)[] = [];
  const round = async () => {
    await new Promise<void>((resolve) => over.push(resolve));
    return pauseMs;
  };
  return { round, over };
}
const rounds = (over: readonly unknown[], count: number) =>
  waitUntil(`round ${count}`, () => over.length >= count || undefined);

test("the first round begins at once, and each other when the one before is over and has rested", async () => {
  const { round, over } = heldRound(1);
  const end = goRounds(round);
  await rounds(over, 1);
  over[0]?.();
  await rounds(over, 2);
  expect(over).toHaveLength(2);
  const ended = end();
  over[1]?.();
  await ended;
});

test("where there is more to do, nobody rests", async () => {
  let left = 1_000;
  const end = goRounds(async () => {
    left -= 1;
    return left > 0 ? 0 : HOUR_MS;
  });
  await waitUntil("all is done", () => left === 0 || undefined);
  await end();
  expect(left).toBe(0);
});

test("whoever ends it waits for the round under way, and no other begins", async () => {
  const { round, over } = heldRound(0);
  const end = goRounds(round);
  await rounds(over, 1);
  let isOver = false;
  const ended = end().then(() => {
    isOver = true;
  });
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  over[0]?.();
  await ended;
  expect(over).toHaveLength(1);
});

test("a rest ends with it: between two rounds, before the first, and within one, which is told so", async () => {
  let begun = 0;
  const between = goRounds(async () => {
    begun += 1;
    return HOUR_MS;
  });
  await waitUntil("a round", () => begun > 0 || undefined);
  await between();
  expect(begun).toBe(1);

  await goRounds(async () => {
    begun += 1;
    return 0;
  }, HOUR_MS)();
  expect(begun).toBe(1);

  let goesOn: boolean | null = null;
  let rests = false;
  const within = goRounds(async (rest) => {
    rests = true;
    goesOn = await rest(HOUR_MS);
    return 0;
  });
  await waitUntil("the rest", () => rests || undefined);
  await within();
  expect(goesOn).toBe(false);
});
