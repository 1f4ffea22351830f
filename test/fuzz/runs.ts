import type { Parameters } from "fast-check";

/**
 * How much is played. `npm test` plays the same games each time, so that it never fails by luck; FUZZ_RUNS=50 (as
 * `npm run fuzz` has it) plays fifty times as many, which nobody chose. A failure prints its seed: FUZZ_SEED repeats it.
 */
const TIMES = Number(process.env.FUZZ_RUNS ?? "1");
const SEED = process.env.FUZZ_SEED ?? (TIMES === 1 ? "1" : undefined);

export function runs<T>(each: number): Parameters<T> {
  return { numRuns: Math.ceil(each * TIMES), ...(SEED === undefined ? {} : { seed: Number(SEED) }) };
}
