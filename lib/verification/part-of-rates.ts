import type { Address } from "#lib/networks/address";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Quota } from "./decision";
import { type Bucket, Rates, type Taken } from "./rates";

/** Which of how many workers of one verifier; the first is 0. */
export type Part = { readonly index: number; readonly of: number };

/**
 * What one worker may let through of a limit, so that all together let through exactly the limit and never more: what
 * may come at once is dealt out one by one, and of each minute a worker has as much as of that. Where fewer may come at
 * once than there are workers, some have nothing (`burst` 0).
 */
export function partOf({ perMinute, burst }: RateLimit, { index, of }: Part): RateLimit {
  const own = Math.floor(burst / of) + (index < burst % of ? 1 : 0);
  return { perMinute: (perMinute * own) / burst, burst: own };
}

/**
 * The rates of one worker among several that count apart: its part of each limit. A bucket is full again after the same
 * time, as a whole and as a part: so one memory says of both how much of it is spent.
 */
export class PartOfRates extends Rates {
  readonly #part: Part;

  /** @param memory as of `Rates` */
  constructor(part: Part, memory?: number | Rates) {
    super(memory);
    this.#part = part;
  }

  override take(bucket: Bucket, id: string, limit: RateLimit, now: number): Taken {
    const own = partOf(limit, this.#part);
    // Another worker has what there is: it is worth another try soon.
    if (own.burst === 0) return { taken: false, quota: { limit: limit.perMinute, remaining: 0, resetSeconds: 1 } };
    const { taken, quota } = super.take(bucket, id, own, now);
    return { taken, quota: { ...quota, limit: limit.perMinute } };
  }

  override giveBack(bucket: Bucket, id: string, limit: RateLimit): void {
    super.giveBack(bucket, id, partOf(limit, this.#part));
  }

  override fail(address: Address, limit: RateLimit, now: number): Quota | null {
    const own = partOf(limit, this.#part);
    // Who fails once is told what was wrong, wherever that is.
    const borne = own.burst > 0 ? own : { perMinute: limit.perMinute / this.#part.of, burst: 1 };
    const told = super.fail(address, borne, now);
    return told && { ...told, limit: limit.perMinute };
  }
}
