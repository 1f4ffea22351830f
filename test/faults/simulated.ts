import { FactsCache } from "#lib/verification/facts/cache";
import { Confirmation } from "#lib/verification/facts/confirmation";
import { Fence } from "#lib/verification/facts/fence";
import { type Change, type Progress, planOf, progressAfter } from "#lib/verification/propagation/propagation";
import { tokenFacts } from "#test/token-facts";
import { type Answer, Oracle } from "./oracle";

/** What is wrong with a simulated verifier; nothing is what it should be. */
export type Mutant = {
  readonly fence?: "none";
  readonly sequence?: "bigserial";
  readonly boundMs?: number;
  readonly undecided?: 401;
};

class NoFence extends Fence {
  override isFresh = () => true;
  override isWhole = () => true;
}

const BOUND_MS = 2_000;
const LIMITS = { tokens: 10, unknown: 10, touched: 10 };

/** A verifier of the product's own parts on a clock of its own, told when what reaches it. */
class Simulated {
  readonly answers: Answer[] = [];
  readonly cache: FactsCache;
  readonly #confirmation: Confirmation;
  readonly #undecided: number;
  #progress: Progress = null;

  constructor({ fence, boundMs = BOUND_MS, undecided }: Mutant) {
    this.cache = new FactsCache(LIMITS, fence === "none" ? new NoFence(10) : undefined);
    this.#confirmation = new Confirmation(boundMs);
    this.#undecided = undecided ?? 503;
    this.#confirmation.leased({ wall: 0, mono: 0 }, { wall: 0, mono: 0 }, true);
    this.cache.restart("t@1", 0);
    this.#progress = { timeline: "t@1", applied: 0, mark: null, waits: false };
  }

  /** A pull brings what had been committed, and a lease goes out with it. */
  pull(at: number, head: number, changes: readonly Change[]): void {
    const mark = this.#progress?.mark ?? null;
    const pulled = {
      timeline: "t@1",
      head,
      headMark: mark,
      appliedMark: mark,
      changes,
      succeeds: false,
      isMissed: false,
    };
    const plan = planOf(this.#progress, pulled);
    if (plan.kind === "apply") for (const change of changes) this.cache.apply(change);
    else this.cache.flush(head);
    this.#progress = progressAfter(this.#progress, plan, pulled);
    this.#confirmation.pulled({ wall: at, mono: at });
    this.#confirmation.leased({ wall: at, mono: at }, { wall: at, mono: at }, false);
  }

  load(asOf: number, tokens: readonly string[], ticket = this.cache.fence.ticket()): void {
    const found = new Map(tokens.map((token) => [token, tokenFacts()]));
    this.cache.admit(ticket, { timeline: "t@1", asOf, found }, tokens, 0, () => undefined);
  }

  /** Answers by what it holds; what it does not hold is looked up in a database that knows `usable`. */
  ask(at: number, token: string, usable: boolean): void {
    const known = this.cache.find(token, at);
    const held = this.#confirmation.holds({ wall: at, mono: at });
    const allows = known === undefined ? usable : typeof known === "object";
    const status = !held ? this.#undecided : allows ? 200 : 401;
    this.answers.push({ verifier: "gw", token, sentAt: at, answeredAt: at, status });
  }
}

/** Plays the four stories in which such mistakes show, each with a verifier of its own. @returns what the oracle says */
export function simulate(mutant: Mutant): string[] {
  return [joinedLoad, lateCommit, partition, outage].flatMap((story) => {
    const [verifier, oracle] = [new Simulated(mutant), new Oracle()];
    verifier.pull(10, 0, []);
    story(verifier, oracle, mutant);
    return oracle.judge(verifier.answers);
  });
}

const revoked = (seq: number): Change => ({ seq, kind: "token", key: "t" });

/** A load is under way when its token is revoked, and returns after the verifier has acknowledged. */
function joinedLoad(verifier: Simulated, oracle: Oracle): void {
  const ticket = verifier.cache.fence.ticket();
  verifier.pull(30, 1, [revoked(1)]);
  oracle.changed("t", { to: 401, requestedAt: 20, toldAt: 31, acknowledged: ["gw"], effectiveBy: 31 });
  verifier.load(0, ["t"], ticket);
  verifier.ask(40, "t", false);
}

/** Two transactions at once, of which the one that began first commits last. */
function lateCommit(verifier: Simulated, oracle: Oracle, { sequence }: Mutant): void {
  verifier.load(0, ["t"]);
  const other = (seq: number): Change => ({ seq, kind: "token", key: "another" });
  if (sequence === "bigserial") {
    // The number was given first, and is below what has been applied by the time of the commit: no pull brings it.
    verifier.pull(30, 2, [other(2)]);
    verifier.load(2, ["t"]);
    verifier.pull(40, 2, []);
  } else {
    verifier.pull(30, 1, [other(1)]);
    verifier.load(1, ["t"]);
    verifier.pull(40, 2, [revoked(2)]);
  }
  oracle.changed("t", { to: 401, requestedAt: 20, toldAt: 41, acknowledged: ["gw"], effectiveBy: 41 });
  verifier.ask(50, "t", false);
}

/** The verifier hears nothing any more, and is named as outstanding. */
function partition(verifier: Simulated, oracle: Oracle): void {
  verifier.load(0, ["t"]);
  oracle.trouble({ verifier: "gw", from: 20, until: 9_000, silent: false });
  oracle.changed("t", { to: 401, requestedAt: 20, toldAt: 1_020, acknowledged: [], effectiveBy: 20 + BOUND_MS });
  for (let at = 100; at < 3_900; at += 100) verifier.ask(at, "t", true);
}

/** The database is away for longer than the bound; nobody has ended anything. */
function outage(verifier: Simulated, oracle: Oracle): void {
  verifier.load(0, ["t"]);
  oracle.trouble({ verifier: null, from: 20, until: 9_000, silent: false });
  for (let at = 100; at < 5_900; at += 100) verifier.ask(at, "t", true);
}
