/** Upper bounds of the classes in milliseconds. Deciding gives up at 150; a gateway soon after that. */
const BOUNDS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 150] as const;

/** How long things took, in classes that were chosen beforehand: as much memory as there are classes. */
export type Distribution = {
  /** `[upper bound in seconds, how many took at most so long]`, each with those before it. */
  readonly upTo: readonly (readonly [seconds: number, count: number])[];
  readonly count: number;
  readonly sumSeconds: number;
};

export class Latency {
  readonly #counts: number[] = BOUNDS_MS.map(() => 0);
  #count = 0;
  #sumMs = 0;

  /** @param ms how long something took; a clock that went back counts as nothing */
  note(ms: number): void {
    const took = Math.max(0, ms);
    const at = BOUNDS_MS.findIndex((bound) => took <= bound);
    if (at >= 0) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += took;
  }

  get distribution(): Distribution {
    let sum = 0;
    const upTo = BOUNDS_MS.map((bound, at) => {
      sum += this.#counts[at] ?? 0;
      return [bound / 1_000, sum] as const;
    });
    return { upTo, count: this.#count, sumSeconds: this.#sumMs / 1_000 };
  }
}
