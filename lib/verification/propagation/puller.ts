import { type Confirmation, haveParted, type Instant } from "../facts/confirmation";
import type { Connection } from "../facts/connection";
import { epochOf } from "../facts/statements";
import { ClockWatch } from "./clock-watch";
import { type Identity, removeLease, writeLease } from "./lease";
import { type Change, type Plan, type Progress, type Pulled, planOf, progressAfter, type Unknown } from "./propagation";
import { pullFrom } from "./pull";

/** What forgets: the cache of tokens, and the facts of the installation. */
export type Memory = {
  readonly apply: (change: Change) => void;
  readonly flush: (seq: number) => void;
  readonly restart: (timeline: string, seq: number) => void;
  /** Loads the installation anew, of this timeline and not older than `seq`; resolves when it is in use. */
  readonly reload: (connection: Connection, timeline: string, seq: number) => Promise<void>;
};

export type PullerOptions = {
  /** Known once the port is. */
  readonly identity: () => Identity;
  readonly boundSeconds: number;
  readonly clock: () => Instant;
  readonly confirmation: Confirmation;
  readonly memory: Memory;
  /** The database does not know all that was applied, by us or by another; told once for each reason. */
  readonly onWait: (why: Unknown) => void;
  /** Our clock and the database's differ from now on, or agree again. */
  readonly onClock: (differs: boolean, aheadMs: number) => void;
};

/** A lease is written after everything that was applied, and at least each second; oftener where the bound is short. */
const leaseEveryMs = (boundSeconds: number): number => Math.min(1_000, (boundSeconds * 1_000) / 4);

/** One round of propagation on one connection: pull, apply, confirm, and say how far we are. */
export class Puller {
  readonly #options: PullerOptions;
  #progress: Progress = null;
  #last: Instant | null = null;
  #leasedAt: Instant | null = null;
  /** The installation must be loaded from this sequence on; null when what is in use is good. */
  #stale: number | null = null;
  /** What the database does not know; null where it is believed. */
  #unknown: Unknown | null = null;
  /** What a lease of ours may say that is there. */
  #said: "nothing" | "how far" | "knows more" = "nothing";
  readonly watch = new ClockWatch();
  readonly counts = { pulls: 0, changes: 0, flushes: 0, restarts: 0, waits: 0, leases: 0 };
  /** By how many sequences the last pull found us behind. */
  lag = 0;

  constructor(options: PullerOptions) {
    this.#options = options;
  }

  /** How far the changes are applied. */
  get applied(): number {
    return this.#progress?.applied ?? 0;
  }

  /**
   * Whether the database does not know all that was applied, by us or by another. Then nothing may be decided, until it
   * does again or somebody has said that its history is the one that holds.
   */
  get waits(): boolean {
    return this.#unknown !== null;
  }

  /** Whether our lease tells others that the database does not know all that we have applied. */
  get isWitness(): boolean {
    return this.#said === "knows more";
  }

  /**
   * Pulls once and applies what came. Throws when the database does not answer; nothing is confirmed then.
   * @returns whether anything had changed
   */
  async round(connection: Connection): Promise<boolean> {
    const { clock, confirmation, memory, identity, onClock } = this.#options;
    const sent = clock();
    this.#watchClocks(sent);
    const pulled = await pullFrom(connection, identity().run, this.#progress);
    const news = this.watch.note(sent, clock(), pulled.clockMs);
    if (news !== null) onClock(news.differs, news.aheadMs);
    this.lag = this.#progress === null ? 0 : Math.max(0, pulled.head - this.#progress.applied);
    const plan = planOf(this.#progress, pulled);
    if (plan.kind === "wait") {
      await this.#wait(connection, plan, pulled);
      return false;
    }
    // First of all: what is not so any more must keep nobody waiting, whatever fails from here on.
    if (this.isWitness) await this.#retract(connection);
    const changed = this.#apply(plan, pulled);
    if (this.#stale !== null) {
      await memory.reload(connection, pulled.timeline, this.#stale);
      this.#stale = null;
    }
    this.#progress = progressAfter(this.#progress, plan, pulled);
    this.#unknown = null;
    this.counts.pulls += 1;
    confirmation.pulled(sent);
    if (changed || this.#leaseIsDue()) await this.#lease(connection);
    return changed;
  }

  /** A machine that was suspended, or a clock that was set: what was confirmed counts no more. */
  #watchClocks(now: Instant): void {
    const parted = this.#last !== null && haveParted(this.#last, now);
    this.#last = now;
    if (!parted) return;
    this.#options.confirmation.lost();
    this.#options.memory.flush(this.applied);
    this.#stale = this.applied;
    this.counts.flushes += 1;
  }

  /**
   * From now on nothing is decided, and what we have applied stays what the database must know. The lease says so where
   * it is we who know it. Who only believes another has none: two of those would wait for each other.
   */
  async #wait(connection: Connection, plan: Plan & { kind: "wait" }, pulled: Pulled): Promise<void> {
    const { confirmation, memory, onWait } = this.#options;
    const begins = !this.waits;
    this.#progress = progressAfter(this.#progress, plan, pulled);
    const isTold = this.#unknown === plan.why;
    this.#unknown = plan.why;
    if (begins) {
      confirmation.unseen();
      memory.restart(pulled.timeline, pulled.head);
      this.counts.waits += 1;
      this.#leasedAt = null;
    }
    if (!isTold) onWait(plan.why);
    if (plan.why !== "missed by another") {
      if (this.#leaseIsDue()) await this.#lease(connection);
    } else if (this.#said !== "nothing") await this.#retract(connection);
  }

  /** Tokens are forgotten at once; the installation is replaced whole before any of it is acknowledged. */
  #apply(plan: Exclude<Plan, { kind: "wait" }>, pulled: Pulled): boolean {
    const { memory } = this.#options;
    if (plan.kind === "apply") {
      for (const change of plan.changes) {
        memory.apply(change);
        if (change.kind !== "token" && change.kind !== "user") this.#stale = change.seq;
      }
      this.counts.changes += plan.changes.length;
      return plan.changes.length > 0;
    }
    if (plan.kind === "flush") {
      memory.flush(pulled.head);
      this.counts.flushes += 1;
    } else {
      this.#options.confirmation.lost();
      memory.restart(pulled.timeline, pulled.head);
      this.counts.restarts += 1;
    }
    this.#stale = pulled.head;
    return true;
  }

  #leaseIsDue(): boolean {
    const { clock, boundSeconds } = this.#options;
    // A little early, so that a second never becomes a second and a half.
    return this.#leasedAt === null || clock().mono - this.#leasedAt.mono >= 0.9 * leaseEveryMs(boundSeconds);
  }

  async #lease(connection: Connection): Promise<void> {
    const { identity, boundSeconds, clock, confirmation } = this.#options;
    if (this.#progress === null) return;
    const sent = clock();
    const { timeline, applied } = this.#progress;
    const { waits } = this;
    const said = { epoch: epochOf(timeline), applied, boundSeconds, knowsMore: waits };
    // Before it is written: where no answer comes, it may have been.
    this.#said = waits ? "knows more" : "how far";
    const made = await writeLease(connection, identity(), said);
    this.#leasedAt = sent;
    if (!waits) confirmation.leased(sent, clock(), made);
    this.counts.leases += 1;
  }

  /** Takes back what our lease says, until the next one. Nothing is decided meanwhile. */
  async #retract(connection: Connection): Promise<void> {
    await removeLease(connection, this.#options.identity());
    this.#said = "nothing";
    this.#leasedAt = null;
  }
}
