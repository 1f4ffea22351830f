import type { Database } from "#lib/db/client";
import type { Enforcement } from "./enforcement";

type Lease = { id: string; applied: boolean; bound: number };

/**
 * Where a change of a while ago holds: one look, without waiting. Whoever is alive and has not applied it refuses by
 * itself once the database has not confirmed its facts for as long as its bound.
 * @param sequence the change head after the change
 * @param since when the change was made at the latest
 */
export async function enforcementOf(db: Database, sequence: bigint, since: Date): Promise<Enforcement> {
  const leases = await db.$queryRaw<Lease[]>`
    SELECT lease.id, bool_and(lease.epoch = head.epoch AND lease.applied >= ${sequence}) AS applied,
      max(lease.bound_seconds)::float8 AS bound
    FROM verifier_lease AS lease, change_head AS head
    WHERE lease.seen_at > now() - make_interval(secs => lease.bound_seconds) AND NOT lease.knows_more
    GROUP BY lease.id ORDER BY lease.id`;
  const outstanding = leases.filter(({ applied }) => !applied);
  const longest = Math.max(0, ...outstanding.map(({ bound }) => bound));
  return {
    sequence: sequence.toString(),
    acknowledged: leases.filter(({ applied }) => applied).map(({ id }) => id),
    outstanding: outstanding.map(({ id }) => id),
    effectiveBy: new Date(since.getTime() + longest * 1_000).toISOString(),
  };
}
