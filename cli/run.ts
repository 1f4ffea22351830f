import { ok, type Result } from "#lib/errors/error";
import { openDesk } from "./desk";
import { problemFor } from "./failure";
import { printAnswer, printProblem } from "./output";
import { understand } from "./program";
import { openSecretFile } from "./secret-file";
import type { Texts, Verb } from "./verb";

/** Runs one command line. @returns the exit status: 0 done, 1 refused, 2 wrong usage */
export async function run(args: readonly string[]): Promise<0 | 1 | 2> {
  const asked = await understand(args);
  if ("status" in asked) return asked.status;
  const result = "refused" in asked ? asked.refused : await done(asked.verb, asked.texts);
  if (result.ok) {
    printAnswer(result.value);
    return 0;
  }
  printProblem(problemFor(result.refusal));
  return result.refusal.code === "malformed" ? 2 : 1;
}

async function done(verb: Verb, { secretFile: name, ...texts }: Texts): Promise<Result<object>> {
  const desk = openDesk();
  try {
    return await (name?.[0] === undefined
      ? verb.act(texts, desk)
      : keepingSecret(name[0], () => verb.act(texts, desk)));
  } finally {
    await desk.close();
  }
}

/** The secret goes into a file that was made before, and out of what is printed. */
async function keepingSecret(name: string, act: () => Promise<Result<object>>): Promise<Result<object>> {
  const file = openSecretFile(name);
  if (!file.ok) return file;
  let kept = false;
  try {
    const result = await act();
    if (!result.ok) return result;
    const { secret, ...rest } = { secret: undefined, ...result.value };
    if (typeof secret === "string") {
      file.value.write(secret);
      kept = true;
    }
    return ok(rest);
  } finally {
    if (!kept) file.value.discard();
  }
}
