import { waitUntil } from "./upstreams/wait-until";

export type KeptAsking = {
  /** Every status so far, in order. */
  readonly answers: readonly number[];
  readonly end: () => Promise<void>;
};

/**
 * Asks all the time, from now on until it is told to end.
 * @param ask gives the status, 0 where nobody answers, which is left out
 */
export function keptAsking(ask: () => Promise<number>): KeptAsking {
  const answers: number[] = [];
  let isOver = false;
  const once = async () => {
    const status = await ask();
    if (status !== 0) answers.push(status);
    return isOver || undefined;
  };
  const asking = waitUntil("nobody asks any more", once, 600_000);
  const end = async () => {
    isOver = true;
    await asking;
  };
  return { answers, end };
}
