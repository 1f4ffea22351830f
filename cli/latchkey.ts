import { logTo } from "#lib/log";
import { problemOfThrown } from "./failure";
import { printProblem } from "./output";
import { run } from "./run";

// stdout belongs to the answer.
process.env.LOG_LEVEL ??= "warn";
logTo(process.stderr);

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (thrown) {
  printProblem(problemOfThrown(thrown));
  process.exitCode = 1;
}
