import type { Database } from "#lib/db/client";
import type { Enforcement } from "./enforcement";
import { after, lookAtLeases, namesOf } from "./leases";

/**
 * Where a change of a while ago holds: one look, without waiting. Whoever is alive and has not applied it refuses by
 * itself once the database has not confirmed its facts for as long as its bound.
 * @param sequence the change head after the change
 * @param since when the change was made at the latest
 */
export async function enforcementOf(db: Database, sequence: bigint, since: Date): Promise<Enforcement> {
  const { live, at } = await lookAtLeases(db, sequence);
  const outstanding = live.filter(({ applied }) => !applied);
  const longest = Math.max(0, ...outstanding.map(({ boundMs }) => boundMs));
  const bySince = new Date(since.getTime() + longest).toISOString();
  // Somebody may have set a clock since; and whoever writes leases all the same goes on for as long as they say.
  const byLeases = after(at, Math.max(0, ...outstanding.map(({ remainingMs }) => remainingMs)));
  return {
    ...{ sequence: sequence.toString(), ...namesOf(live) },
    effectiveBy: outstanding.length > 0 && byLeases > bySince ? byLeases : bySince,
  };
}
