import { ConfigurationError } from "#lib/env";
import { log, logTo } from "#lib/log";
import { tell } from "./ending";
import { StartFailure } from "./start-failure";
import { steady } from "./steady-output";

/**
 * The edge of a process: what was foreseen ends it with one sentence, what was not with its stack, both with status 1.
 * A sentence goes to the supervisor if there is one, who says it once. What becomes of its log ends no process.
 */
export async function atTheEdge(main: () => Promise<void>): Promise<void> {
  logTo(steady(process.stdout));
  process.stderr.on("error", () => undefined);
  try {
    await main();
  } catch (thrown) {
    if (!(thrown instanceof StartFailure) && !(thrown instanceof ConfigurationError)) {
      log.error("start.unexpected", { error: thrown });
      process.exit(1);
    }
    if (process.send === undefined) process.stderr.write(`${thrown.message}\n`);
    tell({ kind: "failed", sentence: thrown.message });
    // Not exit(): the message must leave first.
    process.exitCode = 1;
    process.disconnect?.();
  }
}
