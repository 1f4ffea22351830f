/** The journal that this process keeps: somebody writes it, and who changes something waits for that. */
export type Journal = {
  /** Resolves when what is committed now is written down, or soon in any case. Never fails. */
  readonly caughtUp: () => Promise<void>;
};

// The server's bundle and Next's each load this module once: one journal for the process.
const holder = globalThis as typeof globalThis & { latchkeyJournal?: Journal };

/** Says who keeps the journal of this process; null when nobody does any more. */
export function keepWith(journal: Journal | null): void {
  if (journal === null) delete holder.latchkeyJournal;
  else holder.latchkeyJournal = journal;
}

/** Waits until what is committed now is in the journal; where this process keeps none, not at all. */
export async function journalled(): Promise<void> {
  await holder.latchkeyJournal?.caughtUp();
}
