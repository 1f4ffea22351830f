import type { Result } from "#lib/errors/error";
import { openDesk } from "./desk";
import { problemFor } from "./failure";
import { printAnswer, printProblem } from "./output";
import { understand } from "./program";
import type { Verb } from "./verb";

export type Status = 0 | 1 | 2;

function report(result: Result<object>, fails: Verb["fails"] = () => false): Status {
  if (result.ok) {
    printAnswer(result.value);
    return fails(result.value) ? 1 : 0;
  }
  printProblem(problemFor(result.refusal));
  return result.refusal.code === "malformed" ? 2 : 1;
}

/** Runs one command line. @returns the exit status: 0 done, 1 refused, 2 wrong usage */
export async function run(args: readonly string[]): Promise<Status> {
  const asked = await understand(args);
  if ("status" in asked) return asked.status;
  if ("refused" in asked) return report(asked.refused);
  const desk = openDesk();
  try {
    // Said before anything is closed: a secret that has been made must get out.
    return report(await asked.verb.act(asked.texts, desk), asked.verb.fails);
  } finally {
    await desk.close();
  }
}
