import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#lib/db/client";
import { after, type Look, lookAtLeases, namesOf } from "./leases";

/** Where a change holds (docs/operations.md). `effectiveBy` is ISO 8601: from then on no verifier allows by the old facts. */
export type Enforcement = {
  readonly sequence: string;
  readonly acknowledged: readonly string[];
  readonly outstanding: readonly string[];
  readonly effectiveBy: string;
};

export const WAIT_MS = 1_000;

/**
 * Waits until every live verifier has applied the change, for a second at most.
 * The change is committed already, so this never fails: when the leases can never be read in time, it says so by an empty
 * list and the longest bound there is.
 * @param sequence the change head after the commit
 */
export async function awaitEnforcement(db: Database, sequence: bigint): Promise<Enforcement> {
  const committedAt = Date.now();
  const deadline = performance.now() + WAIT_MS;
  let pauseMs = 4;
  let first: Look | null = null;
  let last: Look | null = null;
  for (;;) {
    const look = await within(Math.max(0, deadline - performance.now()), lookAtLeases(db, sequence)).catch(() => null);
    last = look ?? last;
    if (last === null) return unknown(sequence, committedAt);
    first ??= last;
    const isDone = last.live.every(({ applied }) => applied);
    // A look that has come too late takes nothing away from what the one before it said.
    if (isDone || look === null || performance.now() + pauseMs > deadline) return enforcementOf(sequence, last, first);
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

function enforcementOf(sequence: bigint, { live, at }: Look, first: Look): Enforcement {
  // The earliest look after the commit gives the tightest promise; since then went by what no clock can be set by.
  const sinceMs = at.monoMs - first.at.monoMs;
  const knownAtFirst = new Set(first.live.map(({ id }) => id));
  const outstanding = live.filter(({ applied }) => !applied);
  const by = outstanding.map(({ id, boundMs }) => (knownAtFirst.has(id) ? boundMs - sinceMs : boundMs));
  return {
    ...{ sequence: sequence.toString(), ...namesOf(live) },
    effectiveBy: by.length === 0 ? new Date().toISOString() : after(at, Math.max(...by)),
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
