import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { Buckets, countIn } from "./buckets";
import type { Quota } from "./decision";

const MINUTE_MS = 60_000;

/** How many tokens' buckets are remembered. */
const MOST_BUCKETS = 50_000;

/** Whether there was a request left, and what is left. */
export type Taken = { readonly taken: boolean; readonly quota: Quota };

const quotaOf = (limit: number, remaining: number, resetMs: number): Quota => ({
  limit,
  remaining,
  resetSeconds: Math.ceil(resetMs / 1_000),
});

/** Requests that were allowed, and requests that were refused, count apart. */
export type Bucket = "allowed" | "denied";

/** How often tokens were used. Exact in one process; several verifiers count apart. */
export class Rates {
  readonly #buckets: Readonly<Record<Bucket, Buckets>>;

  constructor(most = MOST_BUCKETS) {
    this.#buckets = { allowed: new Buckets(most), denied: new Buckets(most) };
  }

  /**
   * Takes one request out of a token's bucket, if there is one left.
   * @param now epoch milliseconds; a clock that was put back costs at most one full bucket
   * @returns whether there was one, and what is left
   */
  take(bucket: Bucket, tokenId: string, { perMinute, burst }: RateLimit, now: number): Taken {
    const each = MINUTE_MS / perMinute;
    const left = this.#buckets[bucket].take(tokenId, burst, each, now);
    return left < 0
      ? { taken: false, quota: quotaOf(perMinute, 0, -left) }
      : { taken: true, quota: quotaOf(perMinute, countIn(left, each), burst * each - left) };
  }
}
