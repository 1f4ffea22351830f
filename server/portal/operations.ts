import { setTimeout as sleep } from "node:timers/promises";
import { now } from "#lib/clock";
import type { Database } from "#lib/db/client";
import { isRepeatable, isUnavailable } from "#lib/db/failure";
import { Operations } from "#lib/jobs/operations";
import { log } from "#lib/log";

/** How often it is looked whether there is something to do, and how long it rests when something went wrong. */
const LOOK_MS = 500;
const REST_MS = 2_000;

/**
 * Works on operations for as long as the portal runs: what was begun before it ended goes on when it is back.
 * @returns what ends it, after the turn that it is at
 */
export function workOnOperations(db: Database): () => Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  const operations = new Operations(db);
  // Aborting ends the rest between two looks, and that is what it is for.
  const rest = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const loop = async () => {
    while (!signal.aborted) {
      try {
        if (!(await operations.turn(now()))) await rest(LOOK_MS);
      } catch (error) {
        if (isUnavailable(error)) log.warn("operations.waiting", { why: "the database does not answer" });
        else if (isRepeatable(error)) log.warn("operations.waiting", { why: "others hold what it needs" });
        else log.error("operations.unexpected", { error });
        await rest(REST_MS);
      }
    }
  };
  const ended = loop();
  return async () => {
    ending.abort();
    await ended;
  };
}
