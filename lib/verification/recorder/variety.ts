/**
 * Keeps tables small when somebody varies names, addresses and clients: of each group (a token, an address that sends
 * one class of credential) only so many combinations an hour are told apart, the rest is lumped together.
 */
export class Variety {
  readonly #each: number;
  readonly #most: number;
  readonly #groups = new Map<string, Set<string>>();
  #size = 0;
  #hour = 0;

  /** @param each combinations of one group, @param most of all together */
  constructor(each = 50, most = 20_000) {
    this.#each = each;
    this.#most = most;
  }

  /** To be told of the time now and then (epoch milliseconds): each hour begins anew. */
  tick(at: number): void {
    const hour = Math.floor(at / 3_600_000);
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#groups.clear();
    this.#size = 0;
  }

  /** Whether this combination is told apart from the others of its group. */
  admits(group: string, combination: string): boolean {
    const known = this.#groups.get(group);
    if (known?.has(combination)) return true;
    if ((known?.size ?? 0) >= this.#each || this.#size >= this.#most) return false;
    if (known) known.add(combination);
    else this.#groups.set(group, new Set([combination]));
    this.#size += 1;
    return true;
  }
}
