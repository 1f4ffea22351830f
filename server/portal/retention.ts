import { Client } from "pg";
import { isUnavailable } from "#lib/db/failure";
import type { Periods } from "#lib/jobs/periods";
import { deleteAged } from "#lib/jobs/retention";
import { log } from "#lib/log";
import { goRounds, type Rest } from "./rounds";

/** A start has more urgent things to do, and may be migrating still. */
const FIRST_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;
/** After a round that broke down. */
const AGAIN_MS = 600_000;

// Whoever writes goes first. Pages are read by their number, never all of them for each statement.
const OPTIONS = "-c lock_timeout=200 -c statement_timeout=5000 -c enable_seqscan=off";

/**
 * Deletes what has aged for as long as the portal runs, as a role of its own that may do nothing else.
 * @param url the database as that role
 * @param firstMs when it begins
 * @returns what ends it, after the statement that it is at
 */
export const keepRetention = (url: string, periods: Periods, firstMs = FIRST_MS): (() => Promise<void>) =>
  goRounds(async (rest) => ((await round(url, periods, rest)) ? EVERY_MS : AGAIN_MS), firstMs);

/** @returns whether it came to its end */
async function round(url: string, periods: Periods, rest: Rest): Promise<boolean> {
  const client = new Client({
    ...{ connectionString: url, application_name: "latchkey-retention", options: OPTIONS },
    ...{ connectionTimeoutMillis: 5_000, query_timeout: 10_000 },
  });
  client.on("error", () => undefined); // the next query tells
  try {
    await client.connect();
    const deleted = await deleteAged(client, periods, rest);
    if (deleted !== null && Object.keys(deleted).length > 0) log.info("retention.deleted", deleted);
    return true;
  } catch (error) {
    if (isUnavailable(error)) log.warn("retention.waiting", { why: "the database does not answer" });
    else log.error("retention.unexpected", { error });
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
