import { waitUntil } from "#test/upstreams/wait-until";

/** So many ask, one request after the other each. */
const CALLERS = 3;
/** Fewer answers say nothing. */
const ENOUGH = 10;
/** Between two requests of one of them: what is done meanwhile needs the machine, too. */
const PAUSE_MS = 10;

/** Waits until enough requests that began from now on were answered. */
export type More = () => Promise<void>;

/**
 * Does something while requests come by: enough of them were answered before, some are in flight all the time, and
 * enough that began later are answered after.
 * @param ask one request; what it throws ends the drill
 * @param drill what happens meanwhile; it may wait for more between its steps
 * @returns every answer, in the order of their coming, and what the drill came to
 */
export async function underLoad<T, Done>(
  ask: () => Promise<T>,
  drill: (more: More) => Promise<Done>,
): Promise<{ readonly answers: readonly T[]; readonly done: Done }> {
  const answers: T[] = [];
  let turn = 0;
  let ofTurn = 0;
  let isOver = false;
  const caller = async () => {
    while (!isOver) {
      const asked = turn;
      answers.push(await ask());
      if (asked === turn) ofTurn += 1;
      const answeredAt = Date.now();
      await waitUntil("the next request", () => Date.now() - answeredAt >= PAUSE_MS || undefined);
    }
  };
  const more: More = async () => {
    turn += 1;
    ofTurn = 0;
    await waitUntil("enough requests", () => (ofTurn >= ENOUGH ? true : undefined), 60_000);
  };
  const play = async () => {
    await more();
    const done = await drill(more);
    await more();
    return done;
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, caller));
  const failing = callers.then((): never => {
    throw new Error("Nobody asks any more");
  });
  try {
    const done = await Promise.race([play(), failing]);
    isOver = true;
    await callers;
    return { answers, done };
  } finally {
    isOver = true;
    failing.catch(() => undefined); // it is over as it should be
  }
}
