import { type Ask, quantile } from "./ask";
import { pause } from "./pause";

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
  const open = new Set<Promise<void>>();
  let [asked, wrong, over] = [0, 0, false];
  const one = async (due: number, secret: string) => {
    const isAllowed = await ask(secret).then(
      ({ status }) => status === 200,
      () => false, // a connection that breaks is no answer
    );
    late.push(performance.now() - due);
    if (!isAllowed) wrong += 1;
  };
  const pace = async () => {
    const begun = performance.now();
    while (!over) {
      for (let due = begun + (asked * 1_000) / perSecond; due <= performance.now(); due += 1_000 / perSecond) {
        const sent = one(due, secrets[asked % secrets.length] ?? "").finally(() => open.delete(sent));
        open.add(sent);
        asked += 1;
      }
      await pause(1);
    }
    await Promise.all(open);
  };
  const pacing = pace();
  const result = await during().finally(() => {
    over = true;
  });
  await pacing;
  return { steady: { p50: quantile(late, 0.5), p99: quantile(late, 0.99), asked, wrong }, result };
}
