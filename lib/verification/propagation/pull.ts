import type { Connection } from "../facts/connection";
import { epochOf, PULL } from "../facts/statements";
import type { Change, Progress, Pulled } from "./propagation";

const TIMEOUT_MS = 1_000;

/** What was read, and what the database's clock said; null where that is no time. Nothing is decided by it. */
type Answer = Pulled & { readonly clockMs: number | null };

const isChange = (value: unknown): value is [number, string, string] =>
  Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string" && typeof value[2] === "string";

/** Anything that is not what the statement promises throws: nothing is confirmed by it. */
function readChanges(json: unknown): Change[] {
  const rows: unknown = json === null ? [] : JSON.parse(String(json));
  if (!Array.isArray(rows) || !rows.every(isChange)) throw new Error("the changes cannot be read");
  return rows.map(([seq, kind, key]) => ({ seq, kind, key }));
}

const timeOf = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const markOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * Asks the database what has changed since we were there, in one statement and so in one snapshot.
 * @param run this run of ours: what its own lease says is not asked about
 */
export async function pullFrom(connection: Connection, run: string, progress: Progress): Promise<Answer> {
  const ours = progress === null ? null : epochOf(progress.timeline);
  const [row] = await connection.query(PULL, [progress?.applied ?? 0, ours, run], TIMEOUT_MS);
  const [timeline, head, headMark, appliedMark, changes, succeeds, isMissed, clock] = row ?? [];
  if (typeof timeline !== "string" || typeof head !== "number") throw new Error("the change head has no row");
  return {
    timeline,
    head,
    headMark: markOf(headMark),
    appliedMark: markOf(appliedMark),
    changes: readChanges(changes),
    succeeds: succeeds === true,
    // Whatever is not a clear no: who cannot be told waits.
    isMissed: isMissed !== false,
    clockMs: timeOf(clock),
  };
}
