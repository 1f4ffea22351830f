/**
 * Does something when a time is over, unless it is cancelled. What is waiting to be read is read first: when it was we
 * who were busy for so long, the answer is there already, and giving up on it would make us busier still.
 * @returns cancels it
 */
export function afterMs(ms: number, act: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    immediate = setImmediate(act);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

export type Patience = {
  /** A look-up that takes longer has probably met a database that hangs: nobody queues behind it. */
  readonly queryMs: number;
  /** For connecting again within a request; trying goes on for longer, but nobody waits. */
  readonly connectMs: number;
};

/** Both fit into the 150 ms that a request has. */
export const PATIENCE: Patience = { queryMs: 60, connectMs: 60 };
