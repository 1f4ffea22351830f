import type { Address } from "#lib/networks/address";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { Buckets, countIn } from "./buckets";
import type { Quota } from "./decision";
import { Failures, failingName } from "./failures";

const MINUTE_MS = 60_000;

/** How many buckets of each kind are remembered. */
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

/** How often tokens, their owners, and addresses that fail came. Exact in one process; several verifiers count apart. */
export class Rates {
  readonly #buckets: Readonly<Record<Bucket, Buckets>>;
  readonly #failures: Failures;

  constructor(most = MOST_BUCKETS) {
    this.#buckets = { allowed: new Buckets(most), denied: new Buckets(most) };
    this.#failures = new Failures(most);
  }

  /**
   * Takes one request out of a bucket, if there is one left.
   * @param id of the token, or of the owner, whose bucket is one of its own
   * @param now epoch milliseconds; a clock that was put back costs at most one full bucket
   * @returns whether there was one, and what is left
   */
  take(bucket: Bucket, id: string, { perMinute, burst }: RateLimit, now: number): Taken {
    const each = MINUTE_MS / perMinute;
    const left = this.#buckets[bucket].take(id, burst, each, now);
    return left < 0
      ? { taken: false, quota: quotaOf(perMinute, 0, -left) }
      : { taken: true, quota: quotaOf(perMinute, countIn(left, each), burst * each - left) };
  }

  /** Puts back what `take` took, where something else refused the request after all. */
  giveBack(bucket: Bucket, id: string, { perMinute }: RateLimit): void {
    this.#buckets[bucket].giveBack(id, MINUTE_MS / perMinute);
  }

  /**
   * Counts a secret that is none, by the address that it came from.
   * @param now epoch milliseconds
   * @returns when to come again, once there were too many; null while they are borne
   */
  fail(address: Address, limit: RateLimit, now: number): Quota | null {
    const waitMs = this.#failures.note(failingName(address), limit, now);
    return waitMs === 0 ? null : quotaOf(limit.perMinute, 0, waitMs);
  }
}
