import type { CliViewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { now } from "#lib/clock";
import type { Command } from "#lib/commands/command";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { openInstallation } from "#server/installation";
import { type Options, textOf } from "./options";
import { print, printRefusal } from "./output";
import { openSecretFile } from "./secret-file";

/** Works on the installation as the operator; a database that did not run before is stopped again. */
async function asOperator<T>(work: (viewer: CliViewer) => Promise<T>): Promise<T> {
  const close = await openInstallation((sentence) => process.stderr.write(`${sentence}\n`));
  try {
    return await work(operator());
  } finally {
    await database().$disconnect();
    await close();
  }
}

/** What a command is given: what came from the command line, or made from it with what the database knows. */
export type Raw = object | ((viewer: CliViewer) => Promise<Result<object>>);

/** Asks a query and prints what it answers. */
export async function show(read: (viewer: CliViewer) => Promise<Result<object>>): Promise<void> {
  const found = await asOperator(read);
  if (found.ok) print(found.value);
  else printRefusal(found.refusal);
}

/**
 * Executes a command by the one path that there is, prints its output with `enforcement`.
 * @param after makes of the output what is printed, where that is more than the command answers
 */
export async function perform<Input, Prepared, Subject, Output extends object>(
  command: Command<Input, Prepared, Subject, Output>,
  raw: Raw,
  options: Options,
  after: (viewer: CliViewer, output: Output) => Promise<Result<object>> = async (_viewer, output) => ok(output),
): Promise<void> {
  const path = textOf(options, "secretFile");
  const file = path === undefined ? null : openSecretFile(path);
  let written = false;
  try {
    const done = await asOperator(async (viewer) => {
      const input = typeof raw === "function" ? await raw(viewer) : ok(raw);
      if (!input.ok) return input;
      const executed = await execute(database(), command, viewer, input.value, now());
      if (!executed.ok) return executed;
      const { output, enforcement } = executed.value;
      // Before anything else can go wrong: it is in no other place.
      if (file !== null && "secret" in output && typeof output.secret === "string") {
        file.write(output.secret);
        written = true;
      }
      const shown = await after(viewer, output);
      return shown.ok ? ok({ ...shown.value, ...(enforcement === null ? {} : { enforcement }) }) : shown;
    });
    if (done.ok) print(written ? withoutSecret(done.value) : done.value);
    else printRefusal(done.refusal);
  } finally {
    if (!written) file?.discard();
  }
}

function withoutSecret(output: object): object {
  const { secret: _written, ...rest } = output as { secret?: unknown };
  return rest;
}
