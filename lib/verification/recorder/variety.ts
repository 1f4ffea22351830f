/**
 * Keeps tables small when somebody varies names, addresses and clients: of each group (a token, an address that sends
 * one class of credential) only so many combinations an hour are told apart, the rest is lumped together.
 */
export class Variety {
  readonly #each: number;
  readonly #most: number;
  /** Each group with each of its combinations, as one text: most groups have one, and a set for each would be large. */
  readonly #known = new Set<string>();
  readonly #counts = new Map<string, number>();
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
    this.#known.clear();
    this.#counts.clear();
  }

  /** Whether this combination is told apart from the others of its group. */
  admits(group: string, combination: string): boolean {
    const known = `${group}\u0000${combination}`;
    if (this.#known.has(known)) return true;
    const count = this.#counts.get(group) ?? 0;
    if (count >= this.#each || this.#known.size >= this.#most) return false;
    this.#known.add(known);
    this.#counts.set(group, count + 1);
    return true;
  }
}
