/** When a load was sent: how often, by then, another timeline of the database had begun. */
export type Ticket = { readonly generation: number };

/**
 * Keeps facts that were read before a change from being used after it. A load tells the head of its own snapshot
 * (`asOf`); what changed later than that is discarded, also where the answer arrives after the change was applied.
 * Keys are digests and user ids, which cannot collide.
 */
export class Fence {
  readonly #touched = new Map<string, number>();
  readonly #most: number;
  #floor = 0;
  #generation = 0;
  #timeline = "";

  /** @param most keys remembered singly; beyond that everything up to now counts as touched, which is always safe */
  constructor(most: number) {
    this.#most = most;
  }

  /** Taken before a load is sent, shown when it returns. */
  ticket(): Ticket {
    return { generation: this.#generation };
  }

  /** Something changed at `seq`. To be called in the order of the changes. */
  touch(key: string, seq: number): void {
    this.#touched.set(key, seq);
    if (this.#touched.size > this.#most) this.raise(seq);
  }

  /** Anything may have changed up to `seq`. */
  raise(seq: number): void {
    this.#floor = seq;
    this.#touched.clear();
  }

  /** Another timeline (propagation.ts): nothing that was sent before may return. */
  restart(timeline: string, seq: number): void {
    this.#generation += 1;
    this.#timeline = timeline;
    this.raise(seq);
  }

  /** Whether a load belongs to this timeline and saw everything that changed as a whole. */
  isWhole(ticket: Ticket, timeline: string, asOf: number): boolean {
    return ticket.generation === this.#generation && timeline === this.#timeline && asOf >= this.#floor;
  }

  /** Whether a snapshot saw the last known change of this key. */
  isFresh(asOf: number, key: string): boolean {
    const seq = this.#touched.get(key);
    return seq === undefined || asOf >= seq;
  }

  /** Keys remembered singly. */
  get size(): number {
    return this.#touched.size;
  }
}
