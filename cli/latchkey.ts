import { setFlagsFromString } from "node:v8";
import { logTo } from "#lib/log";
import { problemOfLost, problemOfThrown } from "./failure";
import { printProblem } from "./output";
import { run } from "./run";

// Prisma compiles queries in WebAssembly. For the few of one command, optimising that costs more than all the rest.
setFlagsFromString("--liftoff-only");

// stdout belongs to the answer, stderr to the problem.
process.noDeprecation = true;
process.env.LOG_LEVEL ??= "warn";
logTo(process.stderr);
// What cannot be said there changes nothing about what is done, nor about the answer.
process.stderr.on("error", () => undefined);

// An answer that did not arrive is not done: it may have held a secret.
process.stdout.on("error", (error) => {
  printProblem(problemOfLost(error));
  process.once("exit", () => {
    process.exitCode = 1;
  });
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (thrown) {
  printProblem(problemOfThrown(thrown));
  process.exitCode = 1;
}
