import type { FactsCache, Loaded } from "./cache";
import type { Connection } from "./connection";
import { KeptConnection } from "./kept-connection";
import type { TokenFacts } from "./model";
import { afterMs, type Patience } from "./patience";
import { Sharing } from "./sharing";
import { digestArray, LOAD_TOKENS } from "./statements";
import { digestIn, readTokenRow, UnreadableRow } from "./token-row";
import { type Outcome, WaitingRoom } from "./waiting";

const BATCH = 256;
const CONNECT_MS = 1_000;
/** Nobody waits so long, but an answer that comes after all is still worth having: it ends the trouble. */
const HUNG_MS = 1_000;
/** Requests that wait at once; more than these are refused at once. */
const MOST_WAITING = 10_000;

// The tables may have grown a thousandfold since they were last analysed: always the index.
const SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  jit: "off",
  statement_timeout: "1000",
};

export type LoaderOptions = {
  readonly url: string;
  readonly patience: Patience;
  readonly cache: FactsCache;
  readonly nowMonoMs: () => number;
  /** A load met another timeline than the last pull, or an older snapshot. */
  readonly onStrange: () => void;
  /** The look-ups lost their connection (null), or could not connect. */
  readonly onDown: (error: unknown) => void;
  readonly onUp: () => void;
  readonly onUnreadable: (error: UnreadableRow) => void;
};

/**
 * Looks digests up: one query in flight, and whoever comes meanwhile goes with the next one. What is settled is
 * settled in the very moment it passes the fence, so that nobody decides by facts that have changed since.
 * While the database is away nobody queues.
 */
export class Loader {
  readonly #options: LoaderOptions;
  readonly #sharing = new Sharing();
  readonly #room = new WaitingRoom();
  readonly #kept: KeptConnection;
  #asking = false;
  #isDown = false;
  #endGrace: () => void = () => undefined;
  /** Queries answered, digests looked up, queries that failed. */
  readonly counts = { loads: 0, looked: 0, failed: 0 };

  constructor(options: LoaderOptions) {
    this.#options = options;
    this.#kept = new KeptConnection({
      url: options.url,
      purpose: "load",
      connectTimeoutMs: CONNECT_MS,
      settings: SETTINGS,
      prepare: async (connection) => {
        await connection.query(LOAD_TOKENS, [digestArray([])], CONNECT_MS);
      },
      onUp: () => this.#up(),
      onDown: (error) => this.#down(error),
    });
  }

  start(): void {
    this.#kept.start();
    this.#startGrace(this.#options.patience.connectMs);
  }

  async stop(): Promise<void> {
    await this.#kept.stop();
    this.#breaks();
  }

  /** Requests that wait now. */
  get waiting(): number {
    return this.#room.size;
  }

  /** @param settle called once, at the latest after `withinMs` */
  ask(digest: string, withinMs: number, settle: (outcome: Outcome) => void): void {
    if (this.#isDown || this.#room.size >= MOST_WAITING) {
      settle("unavailable");
      return;
    }
    this.#room.add(digest, withinMs, settle);
    this.#pump();
  }

  #pump(): void {
    const connection = this.#kept.current;
    if (this.#asking || connection === null) return;
    const digests = this.#room.take(BATCH);
    if (digests.length === 0) return;
    this.#asking = true;
    const next = () => {
      this.#asking = false;
      // What the fence kept out, or a lost connection took along, is asked for again while somebody waits.
      this.#room.putBack(digests);
      this.#pump();
    };
    this.#load(connection, digests).then(next, () => {
      this.counts.failed += 1;
      connection.close();
      next();
    });
  }

  async #load(connection: Connection, digests: readonly string[]): Promise<void> {
    const { cache, nowMonoMs, onStrange, patience } = this.#options;
    const ticket = cache.fence.ticket();
    this.#startGrace(patience.queryMs);
    const [row] = await connection.query(LOAD_TOKENS, [digestArray(digests)], HUNG_MS);
    this.#works();
    const loaded = this.#read(row);
    this.counts.loads += 1;
    this.counts.looked += digests.length;
    if (!cache.fence.isWhole(ticket, loaded.timeline, loaded.asOf)) onStrange();
    cache.admit(ticket, loaded, digests, nowMonoMs(), (digest, looked) => this.#room.settle(digest, looked));
  }

  #read(row: unknown[] | undefined): Loaded {
    const [timeline, asOf, json] = row ?? [];
    if (typeof timeline !== "string" || typeof asOf !== "number") throw new Error("the change head has no row");
    const found = new Map<string, TokenFacts | "unreadable">();
    const rows: unknown = typeof json === "string" ? JSON.parse(json) : [];
    for (const each of Array.isArray(rows) ? rows : []) this.#readRow(each, found);
    return { timeline, asOf, found };
  }

  #readRow(row: unknown, found: Map<string, TokenFacts | "unreadable">): void {
    try {
      const { digest, facts } = readTokenRow(row, this.#sharing);
      found.set(digest, facts);
    } catch (thrown) {
      if (!(thrown instanceof UnreadableRow)) throw thrown;
      const digest = digestIn(row);
      if (digest !== null) found.set(digest, "unreadable");
      this.#options.onUnreadable(thrown);
    }
  }

  #up(): void {
    this.#works();
    this.#options.onUp();
    this.#pump();
  }

  /** A lost connection is opened again at once, and those who wait wait for that; not for long. */
  #down(error: unknown): void {
    this.#options.onDown(error);
    if (error === null) this.#startGrace(this.#options.patience.connectMs);
    else this.#breaks();
  }

  #startGrace(ms: number): void {
    this.#endGrace();
    this.#endGrace = afterMs(ms, () => this.#breaks());
  }

  #works(): void {
    this.#endGrace();
    this.#isDown = false;
  }

  /** From now on nobody queues, until the database has answered again. */
  #breaks(): void {
    this.#endGrace();
    this.#isDown = true;
    this.#room.settleAll("unavailable");
  }
}
