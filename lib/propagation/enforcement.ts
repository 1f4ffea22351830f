import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#lib/db/client";

/** Where a change holds (docs/operations.md). `effectiveBy` is ISO 8601: from then on no verifier allows by the old facts. */
export type Enforcement = {
  readonly sequence: string;
  readonly acknowledged: readonly string[];
  readonly outstanding: readonly string[];
  readonly effectiveBy: string;
};

type Lease = { id: string; applied: boolean; effective_by: Date };

export const WAIT_MS = 1_000;

/**
 * Live leases: seen within their own bound, by the database's clock; an older one refuses by itself, and so does who
 * knows more than this database. A name counts as having applied when each of its runs has (a killed process may have a
 * successor of the same name).
 */
function leases(db: Database, sequence: bigint): Promise<Lease[]> {
  return db.$queryRaw<Lease[]>`
    SELECT lease.id, bool_and(lease.epoch = head.epoch AND lease.applied >= ${sequence}) AS applied,
           now() + make_interval(secs => max(lease.bound_seconds)) AS effective_by
    FROM verifier_lease AS lease, change_head AS head
    WHERE lease.seen_at > now() - make_interval(secs => lease.bound_seconds) AND NOT lease.knows_more
    GROUP BY lease.id ORDER BY lease.id`;
}

/**
 * Waits until every live verifier has applied the change, for a second at most.
 * The change is committed already, so this never fails: when the leases cannot be read in time, it says so by an empty
 * list and the longest bound there is.
 * @param sequence the change head after the commit
 */
export async function awaitEnforcement(db: Database, sequence: bigint): Promise<Enforcement> {
  const committedAt = Date.now();
  const deadline = performance.now() + WAIT_MS;
  let pauseMs = 4;
  let firstSeen: Lease[] | null = null;
  for (;;) {
    const live = await within(Math.max(0, deadline - performance.now()), leases(db, sequence)).catch(() => null);
    if (live === null) return unknown(sequence, committedAt);
    firstSeen ??= live;
    const outstanding = live.filter((lease) => !lease.applied);
    if (outstanding.length === 0 || performance.now() + pauseMs > deadline) {
      return enforcementOf(sequence, live, outstanding, firstSeen);
    }
    await sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, 50);
  }
}

/** What it answers, or null where it has not by then: a database that hangs is no reason to wait longer. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
  const ending = new AbortController();
  const late = sleep(ms, null, { signal: ending.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    ending.abort();
  }
}

function enforcementOf(sequence: bigint, live: Lease[], outstanding: Lease[], firstSeen: Lease[]): Enforcement {
  // A lease's own clock says now() at each look: the earliest look after the commit gives the tightest promise.
  const by = outstanding.map((lease) => {
    const first = firstSeen.find((each) => each.id === lease.id) ?? lease;
    return first.effective_by.getTime();
  });
  return {
    sequence: sequence.toString(),
    acknowledged: live.filter((lease) => lease.applied).map((lease) => lease.id),
    outstanding: outstanding.map((lease) => lease.id),
    effectiveBy: new Date(by.length === 0 ? Date.now() : Math.max(...by)).toISOString(),
  };
}

/** The largest bound a verifier may be configured with. */
export const LONGEST_BOUND_MS = 60_000;

function unknown(sequence: bigint, committedAt: number): Enforcement {
  return {
    sequence: sequence.toString(),
    acknowledged: [],
    outstanding: ["unknown"],
    effectiveBy: new Date(committedAt + LONGEST_BOUND_MS).toISOString(),
  };
}
