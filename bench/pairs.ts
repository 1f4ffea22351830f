import { type Measured, measure, type Traffic } from "./load";
import { type Estimate, estimate } from "./median";
import type { Subject } from "./subject";

/** BENCH_PAIRS and BENCH_SECONDS make what is measured longer or shorter. */
export const PAIRS = Number(process.env.BENCH_PAIRS ?? 10);
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);

export type Contestant = { readonly subject: Subject; readonly traffic: Traffic };

/** Medians of one side; `errors` is the sum over all its runs. */
export type Side = {
  readonly requestsPerSecond: number;
  readonly cpuMicroseconds: number;
  readonly errors: number;
};

/** Ours over theirs in requests per second, and what each request cost. `runs` are the raw numbers in their order. */
export type Comparison = {
  readonly ratio: Estimate;
  readonly ours: Side;
  readonly theirs: Side;
  readonly runs: readonly Measured[];
};

/** Interleaved pairs A B B A: what the machine does meanwhile falls on both alike, and neither is always first. */
export async function compare(ours: Contestant, theirs: Contestant): Promise<Comparison> {
  const runs: Measured[] = [];
  const one = async ({ subject, traffic }: Contestant): Promise<Measured> => {
    const measured = await measure(subject, traffic, SECONDS);
    runs.push(measured);
    return measured;
  };
  for (const contestant of [theirs, ours]) await one(contestant); // warm both; these two are not counted
  runs.length = 0;
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const [a1, b1, b2, a2] = [await one(theirs), await one(ours), await one(ours), await one(theirs)];
    ratios.push((b1.requestsPerSecond + b2.requestsPerSecond) / (a1.requestsPerSecond + a2.requestsPerSecond));
  }
  return { ratio: estimate(ratios), ours: of(runs, ours.subject.name), theirs: of(runs, theirs.subject.name), runs };
}

function of(runs: readonly Measured[], name: string): Side {
  const own = runs.filter((run) => run.subject === name);
  return {
    requestsPerSecond: estimate(own.map((run) => run.requestsPerSecond)).median,
    cpuMicroseconds: estimate(own.map((run) => run.cpuMicrosecondsPerRequest)).median,
    errors: own.reduce((sum, run) => sum + run.errors, 0),
  };
}
