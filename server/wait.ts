import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks again and again until there is an answer.
 * @param question answers, or `undefined` while there is nothing to say
 * @param limitMs after which `undefined` is the answer
 * @param pauseMs between two questions
 */
export async function waitFor<T>(
  question: () => T | undefined | Promise<T | undefined>,
  limitMs: number,
  pauseMs = 25,
): Promise<T | undefined> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (performance.now() >= endsAt) return undefined;
    await delay(pauseMs);
  }
}
