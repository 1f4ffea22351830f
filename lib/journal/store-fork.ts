import type { Database } from "#lib/db/client";
import type { Found } from "./line";
import { hashesAt } from "./store";

/** Lines looked up at once. */
const PAGE = 1_000;

/**
 * Where the history of a database and that of the journals part.
 * @param epoch of the database
 * @param lines in order
 * @returns the place of the last sound line that the database knows too, -1 where it knows none
 */
export async function forkOf(db: Database, epoch: string, lines: readonly Found[]): Promise<number> {
  for (let end = lines.length; end > 0; end -= PAGE) {
    const start = Math.max(0, end - PAGE);
    const page = lines.slice(start, end);
    const hashes = await hashesAt(
      db,
      page.map(({ audit }) => BigInt(audit)),
    );
    const found = page.findLastIndex((line) => line.proof === "sound" && line.epoch === epoch && known(line, hashes));
    if (found >= 0) return start + found;
  }
  return -1;
}

/** Before the first event there is nothing that two histories could differ in. */
const known = ({ audit, hash }: Found, hashes: ReadonlyMap<string, string>): boolean =>
  audit === "0" || hashes.get(audit) === hash;
