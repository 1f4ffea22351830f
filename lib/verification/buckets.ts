import { LRUCache } from "lru-cache";

/** What summing fractions of a millisecond may lose. */
export const ROUNDING_MS = 0.001;

/** When it will be full, in epoch milliseconds. */
type Bucket = { fullAt: number };

/**
 * Token buckets in the memory of one process, by name, each kept as the time at which it will be full again (the generic
 * cell rate algorithm): one number for each, and no timer. The one not asked for the longest is forgotten, and is full
 * again: memory is bounded.
 */
export class Buckets {
  readonly #buckets: LRUCache<string, Bucket>;

  /** @param most how many are remembered */
  constructor(most: number) {
    this.#buckets = new LRUCache({ max: most });
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
    const bucket = this.#of(name);
    // Fuller than empty can only be said by another clock: it counts as empty from now on.
    const known = Math.min(Math.max(bucket.fullAt, now), emptyAt);
    const next = known + eachMs;
    const left = emptyAt - next;
    const isLeft = left >= -ROUNDING_MS;
    bucket.fullAt = isLeft ? next : known;
    return isLeft ? Math.max(0, left) : left;
  }

  /** Puts one back. @param eachMs as it was taken */
  giveBack(name: string, eachMs: number): void {
    const bucket = this.#buckets.get(name);
    if (bucket !== undefined) bucket.fullAt -= eachMs;
  }

  /** Of how many names it remembers. */
  get size(): number {
    return this.#buckets.size;
  }

  #of(name: string): Bucket {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = { fullAt: 0 };
      this.#buckets.set(name, bucket);
    }
    return bucket;
  }
}

/** How many are in a bucket. @param leftMs as `take` answers it */
export const countIn = (leftMs: number, eachMs: number): number => Math.floor((leftMs + ROUNDING_MS) / eachMs);
