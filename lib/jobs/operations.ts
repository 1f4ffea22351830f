import type { SessionViewer, TokenViewer } from "#lib/access/viewer";
import { type Maker, operationsKeeper, viewerOfOperation } from "#lib/auth/operation-viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { isRepeatable, isTooSlow, isUnavailable } from "#lib/db/failure";
import { log } from "#lib/log";
import { nextOperation, type Place } from "#lib/operations/store";
import { CHUNK } from "#lib/tokens/bulk/schema";
import { continueBulk } from "#lib/tokens/commands/continue-bulk";
import { stopBulk } from "#lib/tokens/commands/stop-bulk";

/** How often a turn may break down before the operation is given up. */
const TRIES = 3;

/** Works on operations, turn by turn. Several portals may: each turn belongs to whoever locks it first. */
export class Operations {
  readonly #db: Database;
  /** Whose turn was last: each has one after the other, so that none keeps the others waiting. */
  #last: Place | null = null;
  /** How often a turn of an operation broke down here, one after the other. */
  readonly #failed = new Map<string, number>();
  /** How many tokens a turn takes of an operation, where so many as usual took too long. */
  readonly #most = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Gives the operation whose turn it is one. Who began it is judged anew each time.
   * @param now epoch milliseconds
   * @returns whether there was anything to do
   * @throws what a turn throws; the next turn is another operation's, and after the third time it is given up
   */
  async turn(now: number): Promise<boolean> {
    const next = await nextOperation(this.#db, this.#last);
    if (next === null) return false;
    // Before anything that may throw: whatever becomes of this one, the others have their turn.
    this.#last = { id: next.id, createdAt: next.createdAt };
    return this.#counted(next.id, () => this.#turnOf(next, now));
  }

  async #turnOf(next: Maker & Place, now: number): Promise<boolean> {
    if ((this.#failed.get(next.id) ?? 0) >= TRIES) return this.#stop(next.id, "unavailable", now);
    const viewer = await viewerOfOperation(this.#db, next, now);
    return viewer === null ? this.#stop(next.id, "forbidden", now) : this.#goOn(next.id, viewer, now);
  }

  async #goOn(id: string, viewer: SessionViewer | TokenViewer, now: number): Promise<boolean> {
    const most = this.#most.get(id) ?? CHUNK;
    const done = await execute(this.#db, continueBulk, viewer, { id, most }, now);
    if (done.ok) {
      if (done.value.output.finishedAt !== null) this.#most.delete(id);
      return true;
    }
    // Another portal has this turn, or had the last one: nothing is wrong, and nothing to do here.
    if (done.refusal.code === "not_found") return false;
    log.warn("operations.refused", { id, code: done.refusal.code });
    return this.#stop(id, "forbidden", now);
  }

  async #stop(id: string, code: "forbidden" | "unavailable", now: number): Promise<boolean> {
    const stopped = await execute(this.#db, stopBulk, operationsKeeper(), { id, code }, now);
    this.#most.delete(id);
    return stopped.ok;
  }

  async #counted(id: string, run: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await run();
      this.#failed.delete(id);
      return done;
    } catch (error) {
      if (this.#isItsOwn(id, error)) this.#failed.set(id, (this.#failed.get(id) ?? 0) + 1);
      throw error;
    }
  }

  /**
   * Whether a breakdown says something about the operation: not that the database is away, nor that others held what it
   * needs. A turn that took too long is tried with half as many tokens, and counts when one alone takes too long.
   */
  #isItsOwn(id: string, error: unknown): boolean {
    if (!isTooSlow(error)) return !isUnavailable(error) && !isRepeatable(error);
    const most = this.#most.get(id) ?? CHUNK;
    this.#most.set(id, Math.ceil(most / 2));
    return most === 1;
  }
}
