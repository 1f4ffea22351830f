import type { Connection, Statement } from "../facts/connection";

/** Who a verifier is: its name, and a random id of this run of it. */
export type Identity = { readonly name: string; readonly run: string };

const TIMEOUT_MS = 1_000;

// By the clock of the database, which is the one that those who revoke look at.
const WRITE: Statement = {
  name: "latchkey_write_lease",
  text: `WITH written AS (
    INSERT INTO verifier_lease (id, run, epoch, applied, seen_at, bound_seconds)
    VALUES ($1, $2::uuid, $3::uuid, $4::bigint, now(), $5::int)
    ON CONFLICT (id, run) DO UPDATE SET epoch = excluded.epoch, applied = excluded.applied,
      seen_at = excluded.seen_at, bound_seconds = excluded.bound_seconds
    RETURNING xmax = 0 AS made)
  SELECT made, pg_notify('latchkey_ack', '') FROM written`,
};

/** Says how far we are. True when there was no row of ours, so that whoever revoked meanwhile did not know of us. */
export async function writeLease(
  connection: Connection,
  { name, run }: Identity,
  epoch: string,
  applied: number,
  boundSeconds: number,
): Promise<boolean> {
  const [row] = await connection.query(WRITE, [name, run, epoch, applied, boundSeconds], TIMEOUT_MS);
  return row?.[0] !== false;
}

/** Ours ends with us, so that nobody waits for a verifier that is gone; those of killed ones are swept once they are old. */
export async function removeLease(connection: Connection, { name, run }: Identity): Promise<void> {
  const text = "DELETE FROM verifier_lease WHERE (id = $1 AND run = $2::uuid) OR seen_at < now() - interval '1 day'";
  await connection.query(text, [name, run], TIMEOUT_MS);
  await connection.query("SELECT pg_notify('latchkey_ack', '')", [], TIMEOUT_MS);
}
