import { estimate } from "../median";
import type { Row } from "../table";

/** How often each is asked: the median of so many counts. BENCH_RUNS makes it more or fewer. */
const RUNS = Number(process.env.BENCH_RUNS ?? 3);

export type Cell = { readonly what: string; readonly ms: number; readonly low: number; readonly high: number };

/** Asks so often; of three the median leaves out the first, for which more had to be read. Times in milliseconds. */
export async function timed(what: string, ask: () => Promise<unknown>, runs = RUNS): Promise<Cell> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const begin = performance.now();
    await ask();
    times.push(performance.now() - begin);
  }
  const { median, low, high } = estimate(times);
  return { what, ms: median, low, high };
}

/** A row of the table, of a cell and its bar in milliseconds. */
export const rowOf = ({ what, ms, low, high }: Cell, bar: number): Row => ({
  ...{ what, value: ms, interval: [low, high], bar },
  ...{ unit: " ms", better: "less" },
});

export const slowest = (cells: readonly Cell[]): Cell | undefined => cells.toSorted((a, b) => b.ms - a.ms)[0];
