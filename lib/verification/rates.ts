import { LRUCache } from "lru-cache";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Quota } from "./decision";

const MINUTE_MS = 60_000;

/** How many tokens' buckets are remembered; the one not asked for the longest is forgotten, and is full again. */
const MOST_BUCKETS = 50_000;

/** What summing fractions of a millisecond may lose. */
const ROUNDING_MS = 0.001;

/** Whether there was a request left, and what is left. */
export type Taken = { readonly taken: boolean; readonly quota: Quota };

const quotaOf = (limit: number, remaining: number, resetMs: number): Quota => ({
  limit,
  remaining,
  resetSeconds: Math.ceil(resetMs / 1_000),
});

/** Requests that were allowed, and requests that were refused, count apart. */
export type Bucket = "allowed" | "denied";

/**
 * Token buckets of one process, kept as the time at which each will be full again (the generic cell rate algorithm):
 * one number for each token, and no timer. Exact in one process; several verifiers count apart.
 */
export class Rates {
  readonly #fullAt: Readonly<Record<Bucket, LRUCache<string, number>>>;

  constructor(most = MOST_BUCKETS) {
    this.#fullAt = { allowed: new LRUCache({ max: most }), denied: new LRUCache({ max: most }) };
  }

  /**
   * Takes one request out of a token's bucket, if there is one left.
   * @param now epoch milliseconds; a clock that was put back costs at most one full bucket
   * @returns whether there was one, and what is left
   */
  take(bucket: Bucket, tokenId: string, { perMinute, burst }: RateLimit, now: number): Taken {
    const each = MINUTE_MS / perMinute;
    const fullAt = this.#fullAt[bucket];
    const emptyAt = now + burst * each;
    const known = Math.max(fullAt.get(tokenId) ?? 0, now);
    // Fuller than empty can only be said by another clock: it counts as empty from now on.
    if (known > emptyAt) fullAt.set(tokenId, emptyAt);
    const next = Math.min(known, emptyAt) + each;
    const room = emptyAt - next;
    if (room < -ROUNDING_MS) return { taken: false, quota: quotaOf(perMinute, 0, -room) };
    fullAt.set(tokenId, next);
    return { taken: true, quota: quotaOf(perMinute, Math.floor((room + ROUNDING_MS) / each), next - now) };
  }
}
