import type { Address } from "#lib/networks/address";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { Buckets, countIn } from "./buckets";
import type { Quota } from "./decision";
import { Failures, failingName, type Told } from "./failures";

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

/** Where requests and failures are counted, as the checks see it. */
export type Counting = {
  /**
   * Takes one request out of a bucket, if there is one left.
   * @param id of the token, or of the owner, whose bucket is one of its own
   * @param now epoch milliseconds
   * @returns whether there was one, and what is left
   */
  readonly take: (bucket: Bucket, id: string, limit: RateLimit, now: number) => Taken;
  /** Puts back what `take` took, where something else refused the request after all. */
  readonly giveBack: (bucket: Bucket, id: string, limit: RateLimit) => void;
  /**
   * Counts a secret that is none, by the address that it came from.
   * @param now epoch milliseconds
   * @returns when to come again, once there were too many; null while they are borne
   */
  readonly fail: (address: Address, limit: RateLimit, now: number) => Quota | null;
};

/** So long until one more request is in a bucket, in milliseconds. */
export const eachMs = ({ perMinute }: RateLimit): number => MINUTE_MS / perMinute;

/** What taking came to. @param leftMs as `Buckets.take` answers it */
export function takenOf(limit: RateLimit, leftMs: number): Taken {
  const { perMinute, burst } = limit;
  const each = eachMs(limit);
  return leftMs < 0
    ? { taken: false, quota: quotaOf(perMinute, 0, -leftMs) }
    : { taken: true, quota: quotaOf(perMinute, countIn(leftMs, each), burst * each - leftMs) };
}

/** What a failing address is told. @param waitMs for how long; 0 while its failures are borne */
export const failedOf = ({ perMinute }: RateLimit, waitMs: number): Quota | null =>
  waitMs === 0 ? null : quotaOf(perMinute, 0, waitMs);

/**
 * How often tokens, their owners, and addresses that fail came, in the memory of one process and exact there. What
 * several verifiers share narrows this and never widens it (`shared/noting.ts`).
 */
export class Rates implements Counting {
  readonly #buckets: Readonly<Record<Bucket, Buckets>>;
  readonly #failures: Failures;

  /** @param memory of how many each is remembered, or those whose memory is this one's too */
  constructor(memory: number | Rates = MOST_BUCKETS) {
    if (typeof memory === "number") {
      this.#buckets = { allowed: new Buckets(memory), denied: new Buckets(memory) };
      this.#failures = new Failures(memory);
    } else {
      this.#buckets = memory.#buckets;
      this.#failures = memory.#failures;
    }
  }

  /** A clock that was put back costs at most one full bucket. */
  take(bucket: Bucket, id: string, limit: RateLimit, now: number): Taken {
    return takenOf(limit, this.#buckets[bucket].take(id, limit.burst, eachMs(limit), now));
  }

  giveBack(bucket: Bucket, id: string, limit: RateLimit): void {
    this.#buckets[bucket].giveBack(id, eachMs(limit));
  }

  fail(address: Address, limit: RateLimit, now: number): Quota | null {
    return failedOf(limit, this.#failures.note(failingName(address), limit, now));
  }

  /**
   * Learns what another verifier has told an address, so that it is told no less here.
   * @param now epoch milliseconds
   * @returns for how many milliseconds it is to wait
   */
  heed(name: string, told: Told, now: number): number {
    return this.#failures.heed(name, told, now);
  }
}
