import { LRUCache } from "lru-cache";
import { type Address, formatAddress } from "#lib/networks/address";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { Buckets } from "./buckets";

const MINUTE_MS = 60_000;

/** How long an address that failed too often is told so at first; each time anew twice as long. */
export const FIRST_WINDOW_MS = MINUTE_MS;
export const LONGEST_WINDOW_MS = 16 * MINUTE_MS;
/** After so long without one, windows begin short again. */
export const FORGIVEN_AFTER_MS = 60 * MINUTE_MS;

type Window = { readonly until: number; readonly length: number };

/** What an address was told: for how long it is to wait, of a window of which length, in milliseconds. */
export type Told = { readonly waitMs: number; readonly lengthMs: number };

/** Whose failures are counted together: an address, or of IPv6 a /64, since nobody has fewer. */
export const failingName = (address: Address): string =>
  address.family === 4 ? formatAddress(address) : `${(address.value >> 64n).toString(16)}/64`;

/** Addresses that come with secrets that are none. The ones not heard of the longest are forgotten: memory is bounded. */
export class Failures {
  readonly #buckets: Buckets;
  readonly #windows: LRUCache<string, Window>;

  /** @param most how many addresses are remembered */
  constructor(most: number) {
    this.#buckets = new Buckets(most);
    this.#windows = new LRUCache({ max: most });
  }

  /**
   * Counts a failure.
   * @param name whose it is (`failingName`)
   * @param limit how many are borne at once, and a minute
   * @param now epoch milliseconds; a clock that was put back costs at most one window
   * @returns for how many milliseconds it is now told to wait; 0 while it is borne
   */
  note(name: string, { perMinute, burst }: RateLimit, now: number): number {
    const last = this.#windows.get(name);
    if (last !== undefined && now < last.until) return Math.min(last.until - now, last.length);
    if (this.#buckets.take(name, burst, MINUTE_MS / perMinute, now) >= 0) return 0;
    const again = last !== undefined && now < last.until + FORGIVEN_AFTER_MS;
    const length = again ? Math.min(last.length * 2, LONGEST_WINDOW_MS) : FIRST_WINDOW_MS;
    this.#windows.set(name, { until: now + length, length });
    return length;
  }

  /**
   * Takes over what an address was told elsewhere, where that is more than it was told here.
   * @param now epoch milliseconds
   * @returns for how many milliseconds it is now told to wait
   */
  heed(name: string, { waitMs, lengthMs }: Told, now: number): number {
    const last = this.#windows.get(name);
    const known = last !== undefined && now < last.until + FORGIVEN_AFTER_MS ? last.length : FIRST_WINDOW_MS;
    const length = Math.min(Math.max(lengthMs, known), LONGEST_WINDOW_MS);
    const until = Math.min(Math.max(last?.until ?? 0, now + waitMs), now + length);
    this.#windows.set(name, { until, length });
    return until - now;
  }

  /** Of how many addresses it remembers failures. */
  get size(): number {
    return this.#buckets.size;
  }
}
