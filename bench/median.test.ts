import { expect, test } from "vitest";
import { estimate } from "./median";

test("of ten values the interval leaves out the smallest and the largest, which holds the median with 97.9 %", () => {
  const values = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];
  expect(estimate(values)).toEqual({ median: 5.5, low: 2, high: 9 });
});

test("with too few values for 95 % the interval is all of them", () => {
  expect(estimate([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(estimate([4])).toEqual({ median: 4, low: 4, high: 4 });
});

test("one outlier moves neither the median nor the interval of ten", () => {
  const calm = estimate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(estimate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10_000])).toEqual(calm);
});
