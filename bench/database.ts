import { join } from "node:path";
import { Client } from "pg";
import type { EmbeddedDatabase } from "#server/postgres/embedded";
import { readPostmaster } from "#server/postgres/postmaster";

/** A connection as who owns the database, past every command, for as long as this takes. */
export async function asOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** All questions come from one address, which after 60 failures would be told 429 in place of what is measured. */
export const forgiveFailures = (ownerUrl: string): Promise<unknown> =>
  asOwner(ownerUrl, (client) => client.query("UPDATE settings SET failure_rate = NULL"));

/** The process of which all others of this database are children. */
export function postmasterOf({ home }: Pick<EmbeddedDatabase, "home">): number {
  const running = readPostmaster(join(home, "cluster"));
  if (running === null) throw new Error(`No database runs in ${home}.`);
  return running.pid;
}
