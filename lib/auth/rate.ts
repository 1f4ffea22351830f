type Left = { readonly count: number; readonly at: number };

type Allowed = {
  /** So many at once. */
  readonly burst: number;
  /** So many come back in a second. */
  readonly perSecond: number;
  /** Of so many names one remembers; the one that came longest ago is forgotten first. */
  readonly mostNames: number;
};

/** How often each of some names may come, in the memory of one process, which stays bounded. */
export class Rate {
  readonly #left = new Map<string, Left>();

  constructor(readonly allowed: Allowed) {}

  /**
   * Counts one coming, if it is allowed.
   * @param now epoch milliseconds; a clock that was set back gives nothing and takes nothing
   * @returns seconds to wait; 0 where it may come
   */
  take(name: string, now: number): number {
    const { burst, perSecond, mostNames } = this.allowed;
    const before = this.#left.get(name) ?? { count: burst, at: now };
    const back = (Math.max(0, now - before.at) / 1000) * perSecond;
    const count = Math.min(burst, before.count + back);
    const may = count >= 1;
    this.#left.delete(name);
    this.#left.set(name, { count: may ? count - 1 : count, at: now });
    if (this.#left.size > mostNames) {
      const [oldest] = this.#left.keys();
      if (oldest !== undefined) this.#left.delete(oldest);
    }
    return may ? 0 : Math.ceil((1 - count) / perSecond);
  }

  /** Of how many names it remembers. */
  get size(): number {
    return this.#left.size;
  }
}
