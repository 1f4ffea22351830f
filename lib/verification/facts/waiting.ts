import type { Looked } from "./cache";
import { afterMs } from "./patience";

/** What became of a look-up: `unavailable` when the database does not answer, `late` when the time is over. */
export type Outcome = Looked | "unavailable" | "late";

type Waiter = { readonly settle: (outcome: Outcome) => void; readonly cancel: () => void };

/**
 * Requests that wait for a look-up, by digest: several may want the same, and each waits only as long as it may.
 *
 * A map that is emptied is thrown away with what it was made of. V8 links every table that a map has outgrown to the
 * next one, and entries come and go here for ever: once such a chain has grown old, its dead links would carry every
 * request that ever waited past all small collections, until the next great one (measured: half of what was allocated).
 */
export class WaitingRoom {
  /** To be asked for, in the order of their coming. */
  #next = new Map<string, Waiter[]>();
  /** Being asked for. */
  #asked = new Map<string, Waiter[]>();
  #size = 0;

  /** Requests that wait. */
  get size(): number {
    return this.#size;
  }

  /** @param settle called once, at the latest after `withinMs` */
  add(digest: string, withinMs: number, settle: (outcome: Outcome) => void): void {
    const waiter: Waiter = { settle, cancel: afterMs(withinMs, () => this.#late(digest, waiter)) };
    const waiters = this.#placeOf(digest).get(digest);
    if (waiters) waiters.push(waiter);
    else this.#next.set(digest, [waiter]);
    this.#size += 1;
  }

  /** Takes at most so many digests out of the queue; who waits for them goes on waiting. */
  take(most: number): string[] {
    const digests: string[] = [];
    for (const [digest, waiters] of this.#next) {
      digests.push(digest);
      this.#asked.set(digest, waiters);
      this.#next.delete(digest);
      if (digests.length === most) break;
    }
    if (this.#next.size === 0) this.#next = new Map();
    return digests;
  }

  /** Puts back what was not settled, as far as somebody still waits for it. */
  putBack(digests: readonly string[]): void {
    for (const digest of digests) {
      const waiters = this.#asked.get(digest);
      if (waiters === undefined) continue;
      this.#asked.delete(digest);
      this.#next.set(digest, waiters);
    }
    if (this.#asked.size === 0) this.#asked = new Map();
  }

  /** Tells everybody who waits for this digest. */
  settle(digest: string, outcome: Outcome): void {
    const place = this.#placeOf(digest);
    const waiters = place.get(digest);
    if (waiters === undefined) return;
    place.delete(digest);
    this.#size -= waiters.length;
    for (const { cancel, settle } of waiters) {
      cancel();
      settle(outcome);
    }
  }

  settleAll(outcome: Outcome): void {
    for (const digest of [...this.#asked.keys(), ...this.#next.keys()]) this.settle(digest, outcome);
  }

  #placeOf(digest: string): Map<string, Waiter[]> {
    return this.#asked.has(digest) ? this.#asked : this.#next;
  }

  #late(digest: string, waiter: Waiter): void {
    const place = this.#placeOf(digest);
    const rest = place.get(digest)?.filter((each) => each !== waiter) ?? [];
    if (rest.length > 0) place.set(digest, rest);
    else place.delete(digest);
    this.#size -= 1;
    waiter.settle("late");
  }
}
