import { readFileSync } from "node:fs";

const EVERY_MS = 50;

/** Milliseconds that something has waited since it began, by what it is. */
type Waited = ReadonlyMap<string, number>;
type Sample = { readonly at: number; readonly waited: Waited };

/**
 * For how long a process stood in line for a processor since it began, milliseconds: the kernel's own count (the second
 * figure of /proc/PID/schedstat, in nanoseconds). 0 where nobody counts.
 */
export function stoodInLine(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0; // it has just ended, or this is another system
  }
}

/** Those that a process has started. */
export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return text === "" ? [] : text.split(" ").map(Number);
  } catch {
    return [];
  }
}

/** Who takes part in an answer: the verifier, by its name, and the processes of the database. */
export type Parties = {
  readonly verifiers: ReadonlyMap<string, number>;
  readonly database: readonly number[];
};

/**
 * Watches what a machine keeps from those who take part in an answer: a verifier that gets no processor cannot answer in
 * time, and neither can a database, nor this process, in which the wires are.
 */
export class Processors {
  readonly #samples: Sample[] = [];
  readonly #timer: NodeJS.Timeout;
  #late = 0;
  #due = performance.now() + EVERY_MS;

  constructor(parties: () => Parties) {
    const look = () => {
      this.#late += Math.max(0, performance.now() - this.#due);
      this.#due = performance.now() + EVERY_MS;
      const { verifiers, database } = parties();
      const waited = new Map([["wire", this.#late]]);
      for (const [name, pid] of verifiers) waited.set(`verifier ${name}`, stoodInLine(pid));
      for (const pid of database) waited.set(`database ${pid}`, stoodInLine(pid));
      this.#samples.push({ at: Date.now(), waited });
    };
    look();
    this.#timer = setInterval(look, EVERY_MS).unref();
  }

  /**
   * For how long an answer was kept waiting, at the most: one after the other this process, the verifier, and whoever of
   * the database waited longest. @returns milliseconds
   */
  waited(verifier: string, from: number, until: number): number {
    const [first] = this.#samples;
    const before = this.#samples.findLast(({ at }) => at <= from) ?? first;
    const after = this.#samples.find(({ at }) => at >= until) ?? this.#samples.at(-1);
    if (before === undefined || after === undefined) return 0;
    let [own, longest] = [0, 0];
    for (const [who, ms] of after.waited) {
      const more = Math.max(0, ms - (before.waited.get(who) ?? 0));
      if (who === "wire" || who === `verifier ${verifier}`) own += more;
      else if (who.startsWith("database")) longest = Math.max(longest, more);
    }
    return Math.round(own + longest);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
