/** So often a worker is asked whether it is there, in milliseconds. */
export const ASK_EVERY_MS = 2_000;

/** Who left so many questions in a row unanswered hangs: some ten seconds. */
export const MOST_UNANSWERED = 5;

/**
 * The questions that one process has left unanswered. Counted by questions and not by a clock: where the whole machine
 * slept, no question was asked meanwhile.
 */
export class Silence {
  #unanswered = 0;
  /** Who has never said anything is still starting, and is asked nothing. */
  #hasSpoken = false;

  /** It has said something, whatever it was. */
  broken(): void {
    this.#hasSpoken = true;
    this.#unanswered = 0;
  }

  /** To be called with each question. @returns whether it hangs: it has left too many before this one unanswered */
  asked(): boolean {
    if (!this.#hasSpoken) return false;
    this.#unanswered += 1;
    return this.#unanswered > MOST_UNANSWERED;
  }
}
