import type { Database } from "#lib/db/client";
import { LeaseWatch, type Live, type Moment } from "./lease-watch";

type Row = { id: string; run: string; applied: boolean; bound: number; seen_at: Date; now: Date };

// The server's bundle and Next's each load this module: the one looks all the time, the other when somebody revokes.
const holder = globalThis as typeof globalThis & { latchkeyLeases?: LeaseWatch };

/** The leases that live, and when that was. */
export type Look = { readonly live: readonly Live[]; readonly at: Moment };

/**
 * Looks at the leases; this process remembers what it saw. Who knows more than this database refuses, and is left out.
 * @param sequence what a verifier must have applied
 */
export async function lookAtLeases(db: Database, sequence: bigint): Promise<Look> {
  holder.latchkeyLeases ??= new LeaseWatch();
  const rows = await db.$queryRaw<Row[]>`
    SELECT lease.id, lease.run, lease.epoch = head.epoch AND lease.applied >= ${sequence} AS applied,
      lease.bound_seconds::float8 AS bound, lease.seen_at, now() AS now
    FROM verifier_lease AS lease, change_head AS head
    WHERE NOT lease.knows_more ORDER BY lease.id`;
  const wallMs = Date.now();
  const at = { databaseMs: rows[0]?.now.getTime() ?? wallMs, wallMs, monoMs: performance.now() };
  const leases = rows.map(({ bound, seen_at, ...lease }) => ({
    ...lease,
    boundMs: bound * 1_000,
    seenAtMs: seen_at.getTime(),
  }));
  return { live: holder.latchkeyLeases.live(leases, at), at };
}

/** Who has applied what was looked for, and who has not: a name has when each of its runs has (a killed one may have a successor). */
export function namesOf(live: readonly Live[]): { readonly acknowledged: string[]; readonly outstanding: string[] } {
  const outstanding = new Set(live.filter(({ applied }) => !applied).map(({ id }) => id));
  const acknowledged = new Set(live.map(({ id }) => id).filter((id) => !outstanding.has(id)));
  return { acknowledged: [...acknowledged], outstanding: [...outstanding] };
}

/**
 * Some time from a moment, ISO 8601, which is not in the past by the clock of whoever is right: by the later of the two.
 * @param ms how long after
 */
export const after = ({ databaseMs, wallMs }: Moment, ms: number): string =>
  // Clocks are read in whole milliseconds, and leave out the rest.
  new Date(Math.max(databaseMs, wallMs) + Math.ceil(ms) + 1).toISOString();
