/** A median with bounds that hold it with at least 95 % (if there are enough values for that). */
export type Estimate = { readonly median: number; readonly low: number; readonly high: number };

/**
 * The median and its distribution-free interval from order statistics: the widest ranks k, n+1−k for which
 * P(k ≤ Binomial(n, ½) ≤ n−k) ≥ 95 % (David & Nagaraja, Order Statistics, §7.1). Nothing is assumed about the values.
 * @param values at least one; with fewer than six the interval is all of them
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (rank: number) => sorted[rank - 1] ?? Number.NaN;
  const n = sorted.length;
  let rank = 1;
  while (coverage(n, rank + 1) >= 0.95) rank++;
  const median = (at(Math.floor((n + 1) / 2)) + at(Math.ceil((n + 1) / 2))) / 2;
  return { median, low: at(rank), high: at(n + 1 - rank) };
}

/** How surely the rank-th smallest and the rank-th largest of n values have the true median between them. */
function coverage(n: number, rank: number): number {
  let tail = 0;
  let choose = 1;
  for (let k = 0; k < rank; k++) {
    tail += choose / 2 ** n;
    choose = (choose * (n - k)) / (k + 1);
  }
  return 1 - 2 * tail;
}

/** The smallest value that so large a share does not exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? 0;
