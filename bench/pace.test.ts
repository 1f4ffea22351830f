import { expect, test } from "vitest";
import { pace } from "./pace";

test("what is paced begins in turn, each due when the pace says, until it is over, and those under way are waited for", async () => {
  const over = new AbortController();
  const dues: number[] = [];
  let ended = 0;
  const one = async (nth: number, due: number) => {
    expect(nth).toBe(dues.length);
    dues.push(due);
    if (nth === 4) over.abort();
    await new Promise((resolve) => setImmediate(resolve));
    ended += 1;
  };
  await pace(1_000, one, over.signal);
  expect(dues.length).toBeGreaterThanOrEqual(5);
  expect(ended).toBe(dues.length);
  const [first = 0] = dues;
  for (const [nth, due] of dues.entries()) expect(due - first).toBeCloseTo(nth, 6);
});

test("nothing is begun any more once it is over", async () => {
  const begun: number[] = [];
  await pace(1_000, async (nth) => void begun.push(nth), AbortSignal.abort());
  expect(begun).toEqual([]);
});

test("what one of those paced throws is told, and no more are begun than were due", async () => {
  const begun: number[] = [];
  const one = async (nth: number) => {
    begun.push(nth);
    throw new Error(`the ${nth}th`);
  };
  await expect(pace(0.001, one, new AbortController().signal)).rejects.toThrow("the 0th");
  expect(begun).toEqual([0]);
});
