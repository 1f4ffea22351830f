import type { Connection, Statement } from "../facts/connection";

/** Who a verifier is: its name, and a random id of this run of it. */
export type Identity = { readonly name: string; readonly run: string };

const TIMEOUT_MS = 1_000;

// Functions of the database, since no verifier may touch the table (docs/decisions/0029-what-ages.md). They know a row by
// our run: it is told to nobody.
const WRITE: Statement = {
  name: "latchkey_write_lease",
  text: `SELECT made, pg_notify('latchkey_ack', '')
    FROM latchkey_write_lease($1, $2::uuid, $3::uuid, $4::bigint, $5::int, $6::boolean) AS made`,
};

/** How far a verifier is. `knowsMore`: the database does not know all of that, so that it refuses everything. */
type Said = {
  readonly epoch: string;
  readonly applied: number;
  readonly boundSeconds: number;
  readonly knowsMore: boolean;
};

/** Says how far we are. True when there was no row of ours, so that whoever revoked meanwhile did not know of us. */
export async function writeLease(
  connection: Connection,
  { name, run }: Identity,
  { epoch, applied, boundSeconds, knowsMore }: Said,
): Promise<boolean> {
  const [row] = await connection.query(WRITE, [name, run, epoch, applied, boundSeconds, knowsMore], TIMEOUT_MS);
  return row?.[0] !== false;
}

/** Ends ours, so that nobody waits for a verifier that is gone; those of killed ones are swept once they are old. */
export async function removeLease(connection: Connection, { name, run }: Identity): Promise<void> {
  await connection.query("SELECT latchkey_remove_lease($1, $2::uuid)", [name, run], TIMEOUT_MS);
  await connection.query("SELECT pg_notify('latchkey_ack', '')", [], TIMEOUT_MS);
}
