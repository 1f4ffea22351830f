import { setTimeout as sleep } from "node:timers/promises";

/** Rests for so many milliseconds, or until the end. @returns whether to go on */
export type Rest = (ms: number) => Promise<boolean>;

/**
 * Does something in rounds for as long as the portal runs, one after the other. A rest keeps no process alive.
 * @param round says for how many milliseconds to rest before the next; what it throws is a bug: it says itself what failed
 * @param firstMs for how long to rest before the first
 * @returns what ends it: cuts a rest short, and waits for the round that it is at
 */
export function goRounds(round: (rest: Rest) => Promise<number>, firstMs = 0): () => Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  const rest: Rest = async (ms) => {
    // Aborting ends the rest, and that is what it is for.
    if (ms > 0) await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
    return !signal.aborted;
  };
  const loop = async () => {
    let pauseMs = firstMs;
    while (await rest(pauseMs)) pauseMs = await round(rest);
  };
  const ended = loop();
  return async () => {
    ending.abort();
    await ended;
  };
}
