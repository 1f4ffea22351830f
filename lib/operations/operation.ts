import type { ErrorCode } from "#lib/errors/error";

/** How many things one operation is about at most, and how many of somebody's operations go on at a time. */
export const MOST_AT_ONCE = 10_000;
export const MOST_RUNNING = 5;

/** For how long a finished operation can be looked at. */
export const KEPT_DAYS = 90;

/** One that was not done, and the refusal that doing it alone would have got. */
export type Refused = { readonly id: string; readonly code: ErrorCode; readonly detail: string };

/** What the database says of an operation; the ids only where they are wanted. */
export type OperationRow = {
  readonly id: string;
  readonly action: string;
  readonly makerId: string;
  readonly makerName: string;
  readonly matched: number;
  readonly position: number;
  readonly refusedCount: number;
  readonly headSeq: bigint | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** Where a change holds, as every answer to a change says it. */
type Enforcement = {
  readonly sequence: string;
  readonly acknowledged: readonly string[];
  readonly outstanding: readonly string[];
  readonly effectiveBy: string;
};

/** An operation as REST and pages show it. Times are ISO 8601 UTC. */
export type OperationView = {
  readonly id: string;
  readonly action: string;
  readonly by: string;
  readonly createdAt: string;
  /** How many it is about; how many are as they shall be; the others were refused or wait for their turn. */
  readonly matched: number;
  readonly done: number;
  readonly refusedCount: number;
  readonly finishedAt: string | null;
  /** Where all of it holds; null while it goes on, and where nothing was changed. */
  readonly enforcement: Enforcement | null;
};

/** The same with each that was refused, as scripts read it. */
export type OperationWithRefused = OperationView & {
  readonly refused: readonly { readonly id: string; readonly code: string }[];
};

/** Shows an operation. */
export function operationView(row: OperationRow, enforcement: Enforcement | null): OperationView {
  return {
    id: row.id,
    action: row.action,
    by: row.makerName,
    createdAt: row.createdAt.toISOString(),
    matched: row.matched,
    done: row.position - row.refusedCount,
    refusedCount: row.refusedCount,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    enforcement,
  };
}
