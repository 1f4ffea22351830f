import { estimate } from "../median";
import { cpuMillisecondsOf } from "../processes";
import type { Row } from "../table";

/** How often each is asked: the median of so many counts. BENCH_RUNS makes it more or fewer. */
const RUNS = Number(process.env.BENCH_RUNS ?? 3);

/** `cpu`: processor time of the database, in milliseconds to a hundredth of a second: what else runs adds little to it. */
export type Cell = {
  readonly what: string;
  readonly ms: number;
  readonly low: number;
  readonly high: number;
  readonly cpu: number;
};

let database = 0;

/** Whose processor time is told beside. @param pid the process of which all others of the database are children */
export function watch(pid: number): void {
  database = pid;
}

const spent = (): number => (database === 0 ? 0 : cpuMillisecondsOf(database));

/** Asks so often; of three the median leaves out the first, for which more had to be read. Times in milliseconds. */
export async function timed(what: string, ask: () => Promise<unknown>, runs = RUNS): Promise<Cell> {
  const times: number[] = [];
  const cpus: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = spent();
    const begin = performance.now();
    await ask();
    times.push(performance.now() - begin);
    cpus.push(spent() - before);
  }
  const { median, low, high } = estimate(times);
  return { what, ms: median, low, high, cpu: estimate(cpus).median };
}

/** A row of the table, of a cell and its bar in milliseconds. */
export const rowOf = ({ what, ms, low, high, cpu }: Cell, bar: number): Row => ({
  ...{ what: `${what} (CPU ${Math.round(cpu)} ms)`, value: ms, interval: [low, high], bar },
  ...{ unit: " ms", better: "less" },
});

export const slowest = (cells: readonly Cell[]): Cell | undefined => cells.toSorted((a, b) => b.ms - a.ms)[0];
