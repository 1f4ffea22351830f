import { now } from "#lib/clock";
import type { Database } from "#lib/db/client";
import { isRepeatable, isUnavailable } from "#lib/db/failure";
import { finishReport } from "#lib/jobs/leak-reports";
import { Operations } from "#lib/jobs/operations";
import { log } from "#lib/log";
import { goRounds } from "./rounds";

/** How long it rests when something went wrong. */
const REST_MS = 2_000;

/** A turn of some work: whether there was something to do. */
type Turn = () => Promise<boolean>;

/**
 * Works for as long as the portal runs: what was begun before it ended goes on when it is back.
 * @param lookMs how often it is looked whether there is something to do
 * @returns what ends it, after the turn that it is at
 */
function workOn(name: string, turn: Turn, lookMs: number): () => Promise<void> {
  return goRounds(async () => {
    try {
      return (await turn()) ? 0 : lookMs;
    } catch (error) {
      if (isUnavailable(error)) log.warn(`${name}.waiting`, { why: "the database does not answer" });
      else if (isRepeatable(error)) log.warn(`${name}.waiting`, { why: "others hold what it needs" });
      else log.error(`${name}.unexpected`, { error });
      return REST_MS;
    }
  });
}

/** Works on operations. @returns what ends it */
export function workOnOperations(db: Database): () => Promise<void> {
  const operations = new Operations(db);
  return workOn("operations", () => operations.turn(now()), 500);
}

/** Finishes reports of leaked secrets that whoever was told of them did not. @returns what ends it */
export const workOnLeakReports = (db: Database): (() => Promise<void>) =>
  workOn("leak_reports", () => finishReport(db, now()), 2_000);
