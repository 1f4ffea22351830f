import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "#lib/log";
import type { Connection } from "../facts/connection";
import { KeptConnection } from "../facts/kept-connection";
import { BATCH_LIMITS, Batch, type BatchLimits, type Noted, REFUSALS_EACH, REFUSALS_MOST } from "./batch";
import { type Write, writesOf } from "./rows";
import { Variety } from "./variety";
import { writeAll } from "./writer";

const CONNECT_MS = 2_000;
export const EVERY_MS = 1_000;
/** A page waits for the first request of a new token, and an overlap may end with it. */
const SOON_MS = 100;
/** For writing what is left when the process ends. */
const LAST_MS = 3_000;
const PAUSE_MS = 20;
/** Tokens of which rows are made at a stroke: requests wait for as long as that takes. */
const SEALED_TOKENS = 10_000;

// Shorter than the time after which PostgreSQL looks for deadlocks: it is we who step back, never the portal.
const SETTINGS = { lock_timeout: "500", statement_timeout: "4000", jit: "off" };

export type RecorderOptions = {
  readonly url: string;
  readonly log: Log;
  readonly limits?: BatchLimits;
};

/**
 * Writes down what was verified, in batches and never on the way of a request. Memory is bounded whatever the database
 * does: one batch that is being written, and one that grows.
 */
export class Recorder {
  readonly #log: Log;
  readonly #limits: BatchLimits;
  readonly #variety = new Variety();
  readonly #told = new Variety(REFUSALS_EACH, REFUSALS_MOST);
  readonly #kept: KeptConnection;
  #batch: Batch;
  #writes: readonly Write[] = [];
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isSoon = false;
  readonly counts = { noted: 0, batches: 0, failed: 0, lost: 0, dropped: 0 };

  constructor({ url, log, limits = BATCH_LIMITS }: RecorderOptions) {
    this.#log = log;
    this.#limits = limits;
    this.#batch = new Batch(this.#variety, limits, this.#told);
    this.#kept = new KeptConnection({
      ...{ url, purpose: "record", connectTimeoutMs: CONNECT_MS, settings: SETTINGS },
      onUp: () => this.#wake(false),
    });
  }

  start(): void {
    this.#kept.start();
  }

  /** @param isNew the token was not in memory: this may be its first use */
  note(noted: Noted, isNew: boolean): void {
    this.counts.noted += 1;
    this.#batch.add(noted);
    if (this.#timer === null || (isNew && !this.#isSoon)) this.#wake(isNew);
  }

  /** Whether there is a database to write to at this moment. */
  get isConnected(): boolean {
    return this.#kept.current !== null;
  }

  /** Entries not yet written. */
  get pending(): number {
    const { tokens, counts, credentials, refusals } = this.#batch;
    const growing = tokens.size + counts.size + credentials.size + refusals.length;
    return growing + this.#writes.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** Writes what is left, for as long as it reasonably takes, and ends. */
  async stop(): Promise<void> {
    const limit = performance.now() + LAST_MS;
    while (!this.#isDone() && performance.now() < limit) {
      await Promise.race([this.#flush(), delay(limit - performance.now(), undefined, { ref: false })]);
      if (!this.#isDone()) await delay(PAUSE_MS);
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (!this.#isDone()) this.#log.warn("recorder.incomplete", { pending: this.pending });
    await this.#kept.stop();
  }

  #isDone(): boolean {
    return this.#batch.isEmpty && this.#writes.length === 0;
  }

  #wake(soon: boolean): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#isSoon = soon;
    this.#timer = setTimeout(() => void this.#flush(), soon ? SOON_MS : EVERY_MS);
  }

  #flush(): Promise<void> {
    this.#writing ??= this.#write()
      .catch((error: unknown) => this.#log.error("recorder.unexpected", { error }))
      .finally(() => {
        this.#writing = null;
      });
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const connection = this.#kept.current;
    // Without a database the batch goes on adding up: it keeps its counts for hours, and details as far as there is room.
    if (connection === null) return;
    do {
      if (this.#writes.length === 0) this.#seal();
    } while ((await this.#writeSealed(connection)) && this.#batch.tokens.size >= SEALED_TOKENS);
    if (!this.#isDone()) this.#wake(false);
  }

  /** @returns whether all that was sealed is written */
  async #writeSealed(connection: Connection): Promise<boolean> {
    const { left, lost, error } = await writeAll(connection, this.#writes);
    this.#writes = left;
    this.counts.lost += lost;
    if (error === null) this.counts.batches += 1;
    else {
      this.counts.failed += 1;
      this.#log.warn("recorder.failed", { error, lost });
    }
    return error === null;
  }

  #seal(): void {
    if (this.#batch.tokens.size > SEALED_TOKENS) {
      this.#writes = writesOf(this.#batch.part(SEALED_TOKENS));
      return;
    }
    const batch = this.#batch;
    this.#batch = new Batch(this.#variety, this.#limits, this.#told);
    const at = Date.now();
    this.#variety.tick(at);
    this.#told.tick(at);
    this.#writes = writesOf(batch);
    const { dropped, uncounted } = batch;
    if (dropped + uncounted === 0) return;
    this.counts.dropped += dropped;
    this.counts.lost += uncounted;
    this.#log.warn("recorder.dropped", { details: dropped, uncounted });
  }
}
