import type { CliViewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { now } from "#lib/clock";
import type { Command } from "#lib/commands/command";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { openInstallation } from "./installation";

/** What a command is done with: the installation, opened when it is first needed, and the operator in front of it. */
export type Desk = {
  /** When this was asked for, epoch milliseconds. */
  readonly now: () => number;
  /** Runs a command as the operator. @returns its output, with `enforcement` where facts changed */
  readonly run: <Input, Prepared, Subject, Output extends object>(
    command: Command<Input, Prepared, Subject, Output>,
    raw: unknown,
  ) => Promise<Result<object>>;
  /** Asks a question as the operator. */
  readonly ask: <T>(question: (viewer: CliViewer) => Promise<Result<T>>) => Promise<Result<T>>;
  readonly close: () => Promise<void>;
};

/** Opens nothing yet: wrong usage never starts a database. */
export function openDesk(): Desk {
  let opening: ReturnType<typeof openInstallation> | undefined;
  const opened = () => {
    opening ??= openInstallation();
    return opening;
  };
  return {
    now,
    run: async (command, raw) => {
      const open = await opened();
      if (!open.ok) return open;
      const done = await execute(database(), command, operator(), raw, now());
      if (!done.ok) return done;
      const { output, enforcement } = done.value;
      return ok(enforcement === null ? output : { ...output, enforcement });
    },
    ask: async (question) => {
      const open = await opened();
      return open.ok ? question(operator()) : open;
    },
    close: async () => {
      const open = await opening;
      if (open?.ok) await open.value();
    },
  };
}
