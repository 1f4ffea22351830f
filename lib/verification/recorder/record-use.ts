import type { Database } from "#lib/db/client";
import { type Row, storable } from "./rows";
import { RECORD } from "./statements";

const ADDRESS = 100;

/**
 * Notes one allowed use of a token with the recorder's own statement, for the portal, which has no recorder: a request
 * with a token to its API reads all facts anew as it is (docs/decisions/0008-who-writes-besides-commands.md).
 * @param address of the client, as it came
 * @param now epoch milliseconds
 */
export async function recordUse(db: Database, tokenId: string, address: string, now: number): Promise<void> {
  const row: Row = {
    ...{ token_id: tokenId, first_at: now, last_at: now, last_ip: storable(address, ADDRESS), allowed: 1, refused: 0 },
    ...{ refused_at: null, refused_reason: null, refused_ip: null },
  };
  await db.$executeRawUnsafe(RECORD.token_usage.text, JSON.stringify([row]));
}
