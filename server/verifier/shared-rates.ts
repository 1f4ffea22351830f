import type { Log } from "#lib/log";
import type { Demand, Verdict } from "#lib/verification/shared/demand";
import { questionOf, verdictOf } from "#lib/verification/shared/question";
import { openRedisLink, type RedisLink } from "./redis-link";

/** How long Redis is waited for, in milliseconds. */
type RedisPatience = {
  /** For one answer; a request waits no longer. */
  readonly answerMs: number;
  /** For a connection, and for each step until it may be asked. */
  readonly connectMs: number;
  /** Before it is tried anew; each time twice as long, up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** A connection that lasted so long was none that broke at once: the pauses begin short again. */
  readonly steadyMs: number;
};

export const REDIS_PATIENCE: RedisPatience = {
  ...{ answerMs: 50, connectMs: 1_000 },
  ...{ pauseMs: 1_000, longestPauseMs: 8_000, steadyMs: 30_000 },
};

type Options = { readonly url: string; readonly log: Log; readonly patience?: Partial<RedisPatience> };

/**
 * What verifiers count together, in Redis. Nothing depends on it: where it does not answer in time it is asked nothing
 * more until a new connection has proven good, and each verifier counts alone meanwhile.
 */
export class SharedRates {
  readonly #url: string;
  readonly #log: Log;
  readonly #patience: RedisPatience;
  #link: RedisLink | null = null;
  /** What the log was told last; null: nothing yet. */
  #told: "shared" | "alone" | null = null;
  #ending = false;
  #pauseMs: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #counts = { shared: 0, alone: 0, lost: 0 };

  constructor({ url, log, patience = {} }: Options) {
    this.#url = url;
    this.#log = log;
    this.#patience = { ...REDIS_PATIENCE, ...patience };
    this.#pauseMs = this.#patience.pauseMs;
  }

  /** Begins to connect. Until it has, this process counts alone. */
  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#ending = true;
    clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = null;
  }

  /** Numbers for the metrics. */
  get state() {
    return { ...this.#counts, isShared: this.isShared };
  }

  /** Whether there is somebody to ask at this moment. */
  get isShared(): boolean {
    return this.#link !== null;
  }

  /** Whether `ask` has somebody to ask; else what this process counted holds, and that it did is counted. */
  mayAsk(): boolean {
    if (this.#link !== null) return true;
    this.#counts.alone += 1;
    return false;
  }

  /**
   * Asks what a demand comes to for all verifiers together.
   * @param withinMs no longer than this, in milliseconds
   * @param settle called once; null where nobody answered
   */
  ask(demand: Demand, withinMs: number, settle: (verdict: Verdict | null) => void): void {
    const link = withinMs > 0 ? this.#link : null;
    const { answerMs } = this.#patience;
    let open = true;
    const end = (verdict: Verdict | null) => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      this.#counts[verdict === null ? "alone" : "shared"] += 1;
      settle(verdict);
    };
    const late = () => {
      // A request that came here late says nothing about Redis.
      if (open && withinMs >= answerMs) this.#lose(link, new Error("it does not answer in time"));
      end(null);
    };
    // What has come meanwhile, while this process was busy, is read first.
    const timer = setTimeout(() => setImmediate(late), Math.min(answerMs, withinMs));
    if (link === null) {
      end(null);
      return;
    }
    link.ask(questionOf(demand)).then(
      (reply) => this.#read(link, demand, reply, end),
      (error: unknown) => {
        this.#lose(link, error);
        end(null);
      },
    );
  }

  #read(link: RedisLink, demand: Demand, reply: unknown, end: (verdict: Verdict | null) => void): void {
    let verdict: Verdict | null = null;
    try {
      verdict = verdictOf(demand, reply);
    } catch (error) {
      this.#lose(link, error);
    }
    end(verdict);
  }

  async #connect(): Promise<void> {
    try {
      const link = await openRedisLink(this.#url, this.#patience);
      if (this.#ending) {
        link.close();
        return;
      }
      this.#link = link;
      this.#since = performance.now();
      this.#tell("shared");
      link.onLost((why) => this.#lose(link, why));
    } catch (error) {
      this.#tryAgain(error);
    }
  }

  #lose(link: RedisLink | null, why: unknown): void {
    if (link === null || link !== this.#link) return;
    this.#link = null;
    this.#counts.lost += 1;
    link.close();
    if (performance.now() - this.#since > this.#patience.steadyMs) this.#pauseMs = this.#patience.pauseMs;
    this.#tryAgain(why);
  }

  #tryAgain(why: unknown): void {
    if (this.#ending) return;
    this.#tell("alone", why);
    this.#timer = setTimeout(() => void this.#connect(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#patience.longestPauseMs);
  }

  /** One line for each change; never the address, which has the password in it. */
  #tell(state: "shared" | "alone", error?: unknown): void {
    if (this.#told === state) return;
    this.#told = state;
    if (state === "shared") this.#log.info("rates.shared");
    else this.#log.warn("rates.alone", { why: inWords(error) });
  }
}

/** Several addresses that were tried in vain are an error without a message. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
