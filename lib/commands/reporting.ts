import { setTimeout as pause } from "node:timers/promises";
import { claimLookUp, claimReport } from "#lib/auth/report-rate";
import { anybodyOfRequest } from "#lib/auth/request-actor";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, readJson } from "./answer";
import type { Command } from "./command";
import { described, ofCommand } from "./described";
import { execute } from "./execute";

/** Longer than what a report does takes, unless the machine is ill: then how long it took says nothing about it. */
const LEAST_MS = 300;

/**
 * Makes a POST handler for what anybody may report without learning what came of it: one answer to all that is
 * well-formed, after the same time. It is open to machines, so no origin is asked for and no cookie counts.
 * @param idle whether there is nothing to look up, so that the database is not asked
 */
export function reporting<Input, Prepared, Subject, Permitted, Output>(
  command: Command<"visitor", Input, Prepared, Subject, Permitted, Output>,
  idle: (input: Input) => boolean,
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
      const work = idle(input.data) ? ok(null) : execute(database(), command, actor, body.value, now());
      const [done] = await Promise.all([work, pause(LEAST_MS)]);
      return done.ok ? answerOf({}, 200) : done;
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
