import type { Looked } from "./cache";
import { afterMs } from "./patience";

/** What became of a look-up: `unavailable` when the database does not answer, `late` when the time is over. */
export type Outcome = Looked | "unavailable" | "late";

type Waiter = { readonly settle: (outcome: Outcome) => void; readonly cancel: () => void };

/** Requests that wait for a look-up, by digest: several may want the same, and each waits only as long as it may. */
export class WaitingRoom {
  readonly #waiting = new Map<string, Waiter[]>();
  /** Digests to be asked for, in the order of their coming. */
  readonly #queue = new Set<string>();
  #size = 0;

  /** Requests that wait. */
  get size(): number {
    return this.#size;
  }

  /** @param settle called once, at the latest after `withinMs` */
  add(digest: string, withinMs: number, settle: (outcome: Outcome) => void): void {
    const waiter: Waiter = { settle, cancel: afterMs(withinMs, () => this.#late(digest, waiter)) };
    const waiters = this.#waiting.get(digest);
    if (waiters) waiters.push(waiter);
    else {
      this.#waiting.set(digest, [waiter]);
      this.#queue.add(digest);
    }
    this.#size += 1;
  }

  /** Takes at most so many digests out of the queue; who waits for them goes on waiting. */
  take(most: number): string[] {
    const digests: string[] = [];
    for (const digest of this.#queue) {
      digests.push(digest);
      this.#queue.delete(digest);
      if (digests.length === most) break;
    }
    return digests;
  }

  /** Puts back what was not settled, as far as somebody still waits for it. */
  putBack(digests: readonly string[]): void {
    for (const digest of digests) if (this.#waiting.has(digest)) this.#queue.add(digest);
  }

  /** Tells everybody who waits for this digest. */
  settle(digest: string, outcome: Outcome): void {
    const waiters = this.#waiting.get(digest);
    if (waiters === undefined) return;
    this.#forget(digest);
    this.#size -= waiters.length;
    for (const { cancel, settle } of waiters) {
      cancel();
      settle(outcome);
    }
  }

  settleAll(outcome: Outcome): void {
    for (const digest of [...this.#waiting.keys()]) this.settle(digest, outcome);
  }

  #late(digest: string, waiter: Waiter): void {
    const rest = this.#waiting.get(digest)?.filter((each) => each !== waiter) ?? [];
    if (rest.length > 0) this.#waiting.set(digest, rest);
    else this.#forget(digest);
    this.#size -= 1;
    waiter.settle("late");
  }

  #forget(digest: string): void {
    this.#waiting.delete(digest);
    this.#queue.delete(digest);
  }
}
