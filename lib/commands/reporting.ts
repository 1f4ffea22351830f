import { setTimeout as pause } from "node:timers/promises";
import { claimLookUp, claimReport } from "#lib/auth/report-rate";
import { anybodyOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { type Database, database } from "#lib/db/client";
import { codesOf } from "#lib/db/failure";
import { ok } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { log } from "#lib/log";
import { answering, answerOf, readJson } from "./answer";
import type { Command } from "./command";
import { described, ofCommand } from "./described";
import { execute } from "./execute";

/** It is noted, so that somebody comes back to it. */
const unfinished = (codes: readonly string[]) => log.warn("report.unfinished", { codes });

/** When a report is answered: what it does has usually been done by then. */
const LEAST_MS = 300;

type Report<Input> = {
  /** Whether there is nothing to look up, so that the database is not asked. */
  readonly idle: (input: Input) => boolean;
  /** Writes down what the command is to do, so that it is done whatever becomes of this process. Whether there is anything. */
  readonly note: (db: Database, input: Input, address: string, now: number) => Promise<boolean>;
};

/**
 * Makes a POST handler for what anybody may report without learning what came of it: one answer to all that is
 * well-formed, after the same time. What the command does is noted before, and waited for by nobody: whatever it finds
 * locked, or is kept by, would tell that there was something to do. It is open to machines, so no origin is asked for
 * and no cookie counts.
 */
export function reporting<Input, Prepared, Subject, Permitted, Output>(
  command: Command<"visitor", Input, Prepared, Subject, Permitted, Output>,
  { idle, note }: Report<Input>,
) {
  const handle = (request: Request): Promise<Response> =>
    answering(request, async () => {
      const actor = anybodyOfRequest(request);
      const claimed = claimReport(actor.address, now());
      if (!claimed.ok) return claimed;
      const body = await readJson(request);
      if (!body.ok) return body;
      const input = command.input.safeParse(body.value);
      if (!input.success) return refusedInput(input.error);
      const asks = idle(input.data) ? ok(undefined) : claimLookUp(now());
      if (!asks.ok) return asks;
      const rested = pause(LEAST_MS);
      if (!idle(input.data) && (await note(database(), input.data, actor.address, now())))
        void execute(database(), command, actor, body.value, now()).then(
          (done) => done.ok || unfinished([done.refusal.code]),
          (error: unknown) => unfinished(codesOf(error)),
        );
      await rested;
      return answerOf({}, 200);
    });
  const refuses = ["too_many_requests"] as const;
  return described(handle, {
    by: "command",
    status: 200,
    visitors: true,
    ...ofCommand(command),
    refuses,
    report: true,
  });
}
