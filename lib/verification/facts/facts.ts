import type { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { Log } from "#lib/log";
import { redactPrefixes } from "#lib/redaction";
import { type Installation, layOut } from "../installation";
import { PropagationLoop } from "../propagation/loop";
import type { UndecidedCode } from "../reasons";
import { openSigner } from "../signer";
import { CACHE_LIMITS, type CacheLimits, FactsCache, type Looked } from "./cache";
import { Confirmation, type Instant } from "./confirmation";
import type { Connection } from "./connection";
import { readInstallation } from "./installation";
import { Loader } from "./loader";
import { PATIENCE, type Patience } from "./patience";
import { LOAD_INSTALLATION } from "./statements";
import type { Outcome } from "./waiting";

export type FactsOptions = {
  /** The verifier's role. */
  readonly url: string;
  /** In leases and in `enforcement`; asked for after the start. */
  readonly name: () => string;
  readonly boundSeconds: number;
  /** What may have wrapped the assertion keys; without it nothing is asserted. */
  readonly wrapping?: readonly Buffer[];
  readonly log: Log;
  readonly clock?: () => Instant;
  readonly limits?: CacheLimits;
  readonly patience?: Patience;
};

const CLOCK = (): Instant => ({ wall: Date.now(), mono: performance.now() });
const INSTALLATION_MS = 1_000;
const aheadOf = (ms: number) => ({ aheadSeconds: ms / 1_000 });

/** All facts of one verifier: where they come from, how they stay true (docs/architecture.md), and whether they may be used. */
export class Facts {
  readonly #cache: FactsCache;
  readonly #confirmation: Confirmation;
  readonly #loader: Loader;
  readonly #loop: PropagationLoop;
  readonly #log: Log;
  readonly #wrapping: readonly Buffer[];
  readonly #clock: () => Instant;
  #installation: Installation | null = null;
  readonly #seen = { hits: 0, misses: 0 };

  constructor(options: FactsOptions) {
    const { url, name, boundSeconds, log, clock = CLOCK, limits = CACHE_LIMITS, patience = PATIENCE } = options;
    const run = randomUUID();
    this.#log = log;
    this.#wrapping = options.wrapping ?? [];
    this.#clock = clock;
    this.#cache = new FactsCache(limits);
    this.#confirmation = new Confirmation(boundSeconds * 1_000);
    this.#loop = new PropagationLoop({
      ...{ url, boundSeconds, clock },
      identity: () => ({ name: name(), run }),
      confirmation: this.#confirmation,
      memory: {
        apply: (change) => this.#cache.apply(change),
        flush: (seq) => this.#cache.flush(seq),
        restart: (timeline, seq) => this.#cache.restart(timeline, seq),
        reload: (connection, timeline, seq) => this.#reload(connection, timeline, seq),
      },
      onUp: () => log.info("facts.connected"),
      onDown: (error) => log.warn("facts.disconnected", { error }),
      onFailure: (error) => log.warn("facts.pull_failed", { error }),
      onWait: (why) => log.error("facts.database_behind", { why }),
      onClock: (differs, aheadMs) =>
        differs ? log.warn("clock.differs", aheadOf(aheadMs)) : log.info("clock.agrees", aheadOf(aheadMs)),
    });
    this.#loader = new Loader({
      ...{ url, patience, cache: this.#cache },
      nowMonoMs: () => clock().mono,
      onStrange: () => this.#loop.ring(),
      onUp: () => log.debug("facts.lookups_connected"),
      onDown: (error) => log.debug("facts.lookups_disconnected", { error }),
      onUnreadable: (error) => log.error("facts.token_unreadable", { error }),
    });
  }

  /** Begins to connect, for as long as it takes. Nothing is known until then. */
  start(): void {
    this.#loop.start();
    this.#loader.start();
  }

  /** To be called when nobody asks any more: the lease ends with it. */
  async stop(): Promise<void> {
    await this.#loader.stop();
    await this.#loop.stop();
  }

  /** Everything that is not about one token, of this moment; null until it was loaded. */
  get installation(): Installation | null {
    return this.#installation;
  }

  /** This moment on the clocks by which facts are judged. */
  now(): Instant {
    return this.#clock();
  }

  /** Why nothing can be decided at this moment; null when it can. */
  get undecidable(): UndecidedCode | null {
    return this.undecidableAt(this.#clock());
  }

  /** The same for who has just looked at the clocks. To be asked in the moment of the answer. */
  undecidableAt(now: Instant): UndecidedCode | null {
    if (this.#loop.puller.waits) return "quarantined";
    if (this.#installation === null) return "facts_unavailable";
    if (!this.#confirmation.holds(now)) return "facts_unconfirmed";
    return this.#installation.facts.settings.quarantined ? "quarantined" : null;
  }

  /** What is known of a digest in this moment; undefined where it must be looked up. */
  find(digest: string, nowMonoMs: number = this.#clock().mono): Looked | undefined {
    const looked = this.#cache.find(digest, nowMonoMs);
    if (looked === undefined) this.#seen.misses += 1;
    else this.#seen.hits += 1;
    return looked;
  }

  /** Looks a digest up. @param settle called once, within `withinMs`, in the moment in which the facts are good */
  lookUp(digest: string, withinMs: number, settle: (outcome: Outcome) => void): void {
    this.#loader.ask(digest, withinMs, settle);
  }

  /** Numbers for the metrics. Times are milliseconds. */
  get state() {
    const { puller, listener } = this.#loop;
    return {
      ...this.#cache.sizes,
      ...this.#seen,
      ...puller.counts,
      ...this.#loader.counts,
      waiting: this.#loader.waiting,
      applied: puller.applied,
      lag: puller.lag,
      isWaiting: puller.waits,
      clockAheadMs: puller.watch.aheadMs,
      ageMs: this.#confirmation.ageMs(this.#clock()),
      boundMs: this.#confirmation.boundMs,
      listens: listener.opened,
      silent: listener.silent,
    };
  }

  async #reload(connection: Connection, timeline: string, seq: number): Promise<void> {
    const [row] = await connection.query(LOAD_INSTALLATION, [], INSTALLATION_MS);
    const [loadedIn, asOf, json] = row ?? [];
    if (loadedIn !== timeline || typeof asOf !== "number" || asOf < seq)
      throw new Error("the installation is of another time");
    const facts = readInstallation(JSON.parse(String(json)), (record, where) =>
      this.#log.error("facts.unreadable", { record, where }),
    );
    if (facts !== null) redactPrefixes([facts.settings.tokenPrefix, ...facts.settings.retiredPrefixes]);
    this.#installation = facts === null ? null : layOut(facts, openSigner(facts.keys, this.#wrapping));
    if (facts === null) this.#log.warn("facts.no_installation");
  }
}
