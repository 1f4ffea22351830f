import { Client } from "pg";

/** Longer than a database that is there needs for nothing, also where it has much to do. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 1_000;
/** Whoever asks again within so long gets the same answer. */
const KEPT_MS = 1_000;

/**
 * What asks the database whether it answers at all. It has a connection of its own, because those of the pool may all be
 * busy with what takes long. However many ask, there is one question at a time, and one a second.
 * @param url connection string of the portal's role
 * @returns whether there was an answer within three seconds; never fails
 */
export function askingWhether(url: string): () => Promise<boolean> {
  let asked: Promise<boolean> | null = null;
  return () => {
    asked ??= answers(url).finally(() => {
      setTimeout(() => {
        asked = null;
      }, KEPT_MS).unref();
    });
    return asked;
  };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({
    connectionString,
    application_name: "latchkey-ready",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
  });
  client.on("error", () => undefined); // the question tells
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    // Nobody waits for a goodbye to a database that may hang.
    client.end().catch(() => undefined);
  }
}
