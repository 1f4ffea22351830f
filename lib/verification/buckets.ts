import { LRUCache } from "lru-cache";

/** What summing fractions of a millisecond may lose. */
export const ROUNDING_MS = 0.001;

/**
 * Token buckets in the memory of one process, by name, each kept as the time at which it will be full again (the generic
 * cell rate algorithm): one number for each, and no timer. The one not asked for the longest is forgotten, and is full
 * again: memory is bounded.
 */
export class Buckets {
  readonly #fullAt: LRUCache<string, number>;

  /** @param most how many are remembered */
  constructor(most: number) {
    this.#fullAt = new LRUCache({ max: most });
  }

  /**
   * Takes one out of a bucket, if there is one left.
   * @param burst so many are in it when it is full
   * @param eachMs so long until one more is in it, in milliseconds
   * @param now epoch milliseconds; a clock that was put back costs at most one full bucket
   * @returns what is left of it, in milliseconds; below zero there was none, and there is one after so long
   */
  take(name: string, burst: number, eachMs: number, now: number): number {
    const emptyAt = now + burst * eachMs;
    const known = Math.max(this.#fullAt.get(name) ?? 0, now);
    // Fuller than empty can only be said by another clock: it counts as empty from now on.
    if (known > emptyAt) this.#fullAt.set(name, emptyAt);
    const next = Math.min(known, emptyAt) + eachMs;
    const left = emptyAt - next;
    if (left < -ROUNDING_MS) return left;
    this.#fullAt.set(name, next);
    return Math.max(0, left);
  }

  /** Puts one back. @param eachMs as it was taken */
  giveBack(name: string, eachMs: number): void {
    const known = this.#fullAt.get(name);
    if (known !== undefined) this.#fullAt.set(name, known - eachMs);
  }

  /** Of how many names it remembers. */
  get size(): number {
    return this.#fullAt.size;
  }
}

/** How many are in a bucket. @param leftMs as `take` answers it */
export const countIn = (leftMs: number, eachMs: number): number => Math.floor((leftMs + ROUNDING_MS) / eachMs);
