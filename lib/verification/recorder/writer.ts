import type { Connection } from "../facts/connection";
import { countedIn, type Write, withoutNumbers } from "./rows";
import { RECORD } from "./statements";

const TIMEOUT_MS = 5_000;

/** Rows that PostgreSQL will never take: data (22), constraints (23), rights and names (42). */
const HOPELESS = /^(22|23|42)/;

const codeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : null;

/** What is left after an attempt to write, and how many verifications were lost on the way. */
export type Written = { readonly left: readonly Write[]; readonly lost: number; readonly error: unknown };

/**
 * Writes one after the other, until one fails. An error that the database answered means that nothing of the statement
 * was done: it is tried again, or given up where trying again cannot help. Without an answer nobody knows: then the
 * evidence is written again (it does no harm twice), and its numbers count as lost.
 */
export async function writeAll(connection: Connection, writes: readonly Write[]): Promise<Written> {
  for (const [at, write] of writes.entries()) {
    const rest = writes.slice(at + 1);
    try {
      await connection.query(RECORD[write.table], [JSON.stringify(write.rows)], TIMEOUT_MS);
    } catch (error) {
      const code = codeOf(error);
      // SQLSTATE has five characters; Node's own codes (ECONNRESET) say that the connection is gone.
      const answered = code !== null && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("57P");
      if (!answered) return { left: [withoutNumbers(write), ...rest], lost: countedIn(write), error };
      if (HOPELESS.test(code)) return { left: rest, lost: countedIn(write), error };
      return { left: [write, ...rest], lost: 0, error };
    }
  }
  return { left: [], lost: 0, error: null };
}
