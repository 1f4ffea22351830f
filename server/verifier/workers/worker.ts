import type { Configuration } from "#lib/env";
import { type Fields, type Log, log } from "#lib/log";
import { tell } from "#server/ending";
import { serve } from "../serving";
import { metricsOf, standingOf } from "../standing";
import { type Answer, isQuestion } from "./messages";

/** A log whose lines say whose they are. */
function logOf(worker: number): Log {
  const own = (fields?: Fields) => ({ worker, ...fields });
  return {
    debug: (event, fields) => log.debug(event, own(fields)),
    info: (event, fields) => log.info(event, own(fields)),
    warn: (event, fields) => log.warn(event, own(fields)),
    error: (event, fields) => log.error(event, own(fields)),
  };
}

/**
 * One of several processes of one verifier: verifies, and tells who started it how it is. Where that one is gone,
 * node:cluster ends this one at once.
 * @param number from 1
 */
export async function work(settings: Configuration, number: number): Promise<void> {
  const own = logOf(number);
  const { plane } = await serve(settings, own, { index: number - 1, of: settings.verifierWorkers });
  const { addresses, managed, name } = plane;
  process.on("message", (message) => {
    if (!isQuestion(message)) return;
    const state = { standing: standingOf(managed), metrics: metricsOf(managed) };
    const answer: Answer = { kind: "so", id: message.id, state };
    process.send?.(answer);
  });
  own.info("verifier.worker_listening", { name });
  tell({ kind: "ready", addresses });
}
