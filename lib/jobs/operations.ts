import type { SessionViewer, TokenViewer } from "#lib/access/viewer";
import { operationsKeeper, viewerOfOperation } from "#lib/auth/operation-viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { isUnavailable } from "#lib/db/failure";
import { log } from "#lib/log";
import { nextOperation } from "#lib/operations/store";
import { continueBulk } from "#lib/tokens/commands/continue-bulk";
import { stopBulk } from "#lib/tokens/commands/stop-bulk";

/** How often a turn may break down before the operation is given up. */
const TRIES = 3;

/** Works on operations, turn by turn. Several portals may: each turn belongs to whoever locks it first. */
export class Operations {
  readonly #db: Database;
  /** How often a turn of an operation broke down here, one after the other. */
  readonly #failed = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Gives the operation that has waited longest one turn. Who began it is judged anew each time.
   * @param now epoch milliseconds
   * @returns whether there was anything to do
   * @throws what a turn throws; the third time the operation is given up instead, and says so
   */
  async turn(now: number): Promise<boolean> {
    const next = await nextOperation(this.#db);
    if (next === null) return false;
    if ((this.#failed.get(next.id) ?? 0) >= TRIES) return this.#stop(next.id, "unavailable", now);
    const viewer = await viewerOfOperation(this.#db, next, now);
    return viewer === null ? this.#stop(next.id, "forbidden", now) : this.#goOn(next.id, viewer, now);
  }

  async #goOn(id: string, viewer: SessionViewer | TokenViewer, now: number): Promise<boolean> {
    const done = await this.#counted(id, () => execute(this.#db, continueBulk, viewer, { id }, now));
    if (done.ok) return true;
    // Another portal has this turn, or had the last one: nothing is wrong, and nothing to do here.
    if (done.refusal.code === "not_found") return false;
    log.warn("operations.refused", { id, code: done.refusal.code });
    return this.#stop(id, "forbidden", now);
  }

  async #stop(id: string, code: "forbidden" | "unavailable", now: number): Promise<boolean> {
    this.#failed.delete(id);
    return (await execute(this.#db, stopBulk, operationsKeeper(), { id, code }, now)).ok;
  }

  /** Counts what breaks down one after the other. That the database is away says nothing about the operation. */
  async #counted<T>(id: string, run: () => Promise<T>): Promise<T> {
    try {
      const done = await run();
      this.#failed.delete(id);
      return done;
    } catch (error) {
      if (!isUnavailable(error)) this.#failed.set(id, (this.#failed.get(id) ?? 0) + 1);
      throw error;
    }
  }
}
