import type { Connection } from "../facts/connection";
import { PULL } from "../facts/statements";
import type { Change, Pulled } from "./propagation";

const TIMEOUT_MS = 1_000;

const isChange = (value: unknown): value is [number, string, string] =>
  Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string" && typeof value[2] === "string";

/** Anything that is not what the statement promises throws: nothing is confirmed by it. */
function readChanges(json: unknown): Change[] {
  const rows: unknown = json === null ? [] : JSON.parse(String(json));
  if (!Array.isArray(rows) || !rows.every(isChange)) throw new Error("the changes cannot be read");
  return rows.map(([seq, kind, key]) => ({ seq, kind, key }));
}

const markOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Asks the database what has changed after `applied`, in one statement and so in one snapshot. */
export async function pullFrom(connection: Connection, applied: number): Promise<Pulled> {
  const [row] = await connection.query(PULL, [applied], TIMEOUT_MS);
  const [timeline, head, headMark, appliedMark, changes] = row ?? [];
  if (typeof timeline !== "string" || typeof head !== "number") throw new Error("the change head has no row");
  return {
    timeline,
    head,
    headMark: markOf(headMark),
    appliedMark: markOf(appliedMark),
    changes: readChanges(changes),
  };
}
