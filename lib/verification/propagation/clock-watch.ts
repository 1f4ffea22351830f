import type { Instant } from "../facts/confirmation";

/** From here on two clocks are said to differ; an answer's way is no part of it. */
const DIFFERS_MS = 2_000;
/** And from here on down to agree again, so that what lies between is not said over and over. */
const AGREES_MS = 1_000;

/**
 * Compares our wall clock with the database's. Which of them is right nobody can say here, so nothing is decided by it:
 * whoever looks after the machines is told.
 */
export class ClockWatch {
  #aheadMs: number | null = null;
  #differs = false;

  /** By how much our clock is ahead of the database's at the least, negative behind it; null where nobody knows yet. */
  get aheadMs(): number | null {
    return this.#aheadMs;
  }

  /**
   * Notes what the database's clock said at some time between two moments of ours.
   * @param theirs epoch milliseconds; null where it said nothing that can be read
   * @returns whether they differ and by how much, where that is new
   */
  note(
    sent: Instant,
    answered: Instant,
    theirs: number | null,
  ): { readonly differs: boolean; readonly aheadMs: number } | null {
    if (theirs === null) return null;
    const whole = Math.floor(theirs); // as ours is
    const earliest = Math.min(sent.wall, answered.wall);
    const latest = Math.max(sent.wall, answered.wall);
    const aheadMs = whole < earliest ? earliest - whole : Math.min(0, latest - whole);
    this.#aheadMs = aheadMs;
    const differs = Math.abs(aheadMs) > (this.#differs ? AGREES_MS : DIFFERS_MS);
    if (differs === this.#differs) return null;
    this.#differs = differs;
    return { differs, aheadMs };
  }
}
