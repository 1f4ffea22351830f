import type { Ask } from "./ask";
import { quantile } from "./median";
import { pace } from "./pace";

/** Latencies in milliseconds from when each question was due; `wrong` are answers that were not an allow. */
export type Steady = { readonly p50: number; readonly p99: number; readonly asked: number; readonly wrong: number };

/**
 * Asks known tokens in turn at a steady pace whatever the answers take, until something else is over.
 * @param perSecond so many questions, spread evenly
 */
export async function whileAskedSteadily<T>(
  ask: Ask,
  secrets: readonly string[],
  perSecond: number,
  during: () => Promise<T>,
): Promise<{ readonly steady: Steady; readonly result: T }> {
  const late: number[] = [];
  let wrong = 0;
  const one = async (nth: number, due: number) => {
    const isAllowed = await ask(secrets[nth % secrets.length] ?? "").then(
      ({ status }) => status === 200,
      () => false, // a connection that breaks is no answer
    );
    late.push(performance.now() - due);
    if (!isAllowed) wrong += 1;
  };
  const over = new AbortController();
  const pacing = pace(perSecond, one, over.signal);
  try {
    const result = await during();
    over.abort();
    await pacing;
    return { steady: { p50: quantile(late, 0.5), p99: quantile(late, 0.99), asked: late.length, wrong }, result };
  } finally {
    over.abort();
  }
}
