/** Who has an answer to write. */
export type Writing = { readonly write: () => void };

/** More are not kept waiting: the first would wait for all that are judged behind it. */
export const MOST = 64;

/**
 * Answers that are written together, when all that has come in this turn of the event loop was judged. A gateway is so
 * woken once for many of its questions; one by one each answer would wake it, which costs more than to judge.
 */
export class Outbox {
  #waiting: Writing[] = [];

  put(writing: Writing): void {
    const count = this.#waiting.push(writing);
    if (count === 1) setImmediate(this.#writeAll);
    else if (count === MOST) this.#writeAll();
  }

  readonly #writeAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const each of waiting) each.write();
  };
}
