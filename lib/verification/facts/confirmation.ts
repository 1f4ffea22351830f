/** One moment on both clocks, milliseconds: wall clock (epoch) and monotonic. */
export type Instant = { readonly wall: number; readonly mono: number };

/** Clocks that went on by different amounts: a machine was suspended, or somebody set the time. */
const PARTED_MS = 1_000;

/** How long ago, by the clock that says longer. */
export function ageMs(then: Instant, now: Instant): number {
  return Math.max(now.wall - then.wall, now.mono - then.mono);
}

/** Whether the two clocks went on by different amounts between two moments. */
export function haveParted(then: Instant, now: Instant): boolean {
  return Math.abs(now.wall - then.wall - (now.mono - then.mono)) > PARTED_MS;
}

/**
 * Whether the database has confirmed our facts recently enough to allow by them, and whether those who revoke know
 * that we exist. Both ages are counted from before the question was sent, so that an answer that was long under way
 * does not make anything younger.
 */
export class Confirmation {
  /** How old a confirmation may be, in milliseconds. */
  readonly boundMs: number;
  #pulled: Instant | null = null;
  #leased: Instant | null = null;
  #seenFrom = Number.POSITIVE_INFINITY;

  constructor(boundMs: number) {
    this.boundMs = boundMs;
  }

  /** A pull that was sent at this moment has been applied whole. */
  pulled(sent: Instant): void {
    this.#pulled = sent;
  }

  /**
   * Our lease was written.
   * @param made there was no row: whoever revoked since the last write did not see us
   */
  leased(sent: Instant, done: Instant, made: boolean): void {
    const unbroken = !made && this.#leased !== null && ageMs(this.#leased, done) <= this.boundMs;
    // Who revoked while we had no living lease did not wait for us: only a pull sent from now on has seen it.
    if (!unbroken) this.#seenFrom = done.mono;
    this.#leased = sent;
  }

  /** Nothing is confirmed any more. */
  lost(): void {
    this.#pulled = null;
  }

  /** Nothing is confirmed, and whoever revokes waits for us no more: as before the first lease. */
  unseen(): void {
    this.lost();
    this.#leased = null;
  }

  /** Milliseconds since the older of the two; infinite where one never was. */
  ageMs(now: Instant): number {
    if (this.#pulled === null || this.#leased === null || this.#pulled.mono <= this.#seenFrom) return Infinity;
    return Math.max(ageMs(this.#pulled, now), ageMs(this.#leased, now));
  }

  /** Whether an allow may be answered at this moment. */
  holds(now: Instant): boolean {
    return this.ageMs(now) <= this.boundMs;
  }
}
