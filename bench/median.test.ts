import { expect, test } from "vitest";
import { estimate, quantile } from "./median";

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

test("a quantile is the smallest value that so large a share does not exceed", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect([0.01, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100]);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
});
