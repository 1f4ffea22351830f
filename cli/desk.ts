import type { CliViewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { now } from "#lib/clock";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { openInstallation } from "./installation";

type Question<T> = (viewer: CliViewer) => Promise<Result<T>>;

/** What commands are done with: the installation, opened when it is first needed, and the operator in front of it. */
export type Desk = {
  /** Runs a command as the operator. @returns its output, with `enforcement` where facts changed */
  readonly run: <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
    command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
    body: Result<object>,
  ) => Promise<Result<object>>;
  /** Finds by name what a command wants by id, and runs it. */
  readonly runOn: <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
    command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
    find: Question<{ readonly id: string }>,
    body?: object,
  ) => Promise<Result<object>>;
  /** Asks a question as the operator. */
  readonly ask: <T>(question: Question<T>) => Promise<Result<T>>;
  readonly close: () => Promise<void>;
};

/** Opens nothing yet: wrong usage never starts a database. */
export function openDesk(): Desk {
  let opening: ReturnType<typeof openInstallation> | undefined;
  const ask = async <T>(question: Question<T>): Promise<Result<T>> => {
    opening ??= openInstallation();
    const open = await opening;
    return open.ok ? question(operator()) : open;
  };
  const run: Desk["run"] = async (command, body) => {
    if (!body.ok) return body;
    const done = await ask((viewer) => execute(database(), command, viewer, body.value, now()));
    if (!done.ok) return done;
    const { output, enforcement } = done.value;
    return ok(enforcement === null ? output : { ...output, enforcement });
  };
  return {
    ask,
    run,
    runOn: async (command, find, body = {}) => {
      const found = await ask(find);
      return found.ok ? run(command, ok({ ...body, id: found.value.id })) : found;
    },
    close: async () => {
      const open = await opening;
      if (open?.ok) await open.value();
    },
  };
}
