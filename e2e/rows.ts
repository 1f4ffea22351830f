import { Client } from "pg";
import { openEmbedded } from "#server/postgres/embedded";
import type { Installation } from "./installation";

/** Reads from an installation's embedded database, where no page shows yet what is recorded. */
export async function rowsOf({ env }: Installation, sql: string): Promise<Record<string, unknown>[]> {
  const database = await openEmbedded(env.LATCHKEY_DATA_DIR ?? "");
  const client = new Client({ connectionString: database.ownerUrl });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
    await database.close();
  }
}
