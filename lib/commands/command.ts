import type { z } from "zod";
import type { Actor } from "#lib/access/viewer";
import type { AuditEntry } from "#lib/audit/event";
import type { Database, Transaction } from "#lib/db/client";
import type { ErrorCode, Result } from "#lib/errors/error";

/** What subject, allows and perform get: one transaction, who asks, and the time (epoch ms). */
export type CommandContext = { readonly tx: Transaction; readonly actor: Actor; readonly now: number };

/** What was done and how the log tells it; only repeating what is already done may leave nothing in the log. */
export type Performed<Output> =
  | { readonly output: Output; readonly events: readonly [AuditEntry, ...AuditEntry[]] }
  | { readonly output: Output; readonly repeated: true };

export type Command<Input, Prepared, Subject, Output> = {
  /** For logs: `tokens.revoke`. */
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Who may come to the door at all: visitors, and scripts with a token for `latchkey`. Nobody by omission. */
  readonly door: { readonly visitors: boolean; readonly tokens: boolean };
  /** In a session: must they have proved within ten minutes that it is them? */
  readonly stepUp: boolean;
  /** Slow work before the transaction (hashing a password). May refuse. */
  readonly prepare: (context: { db: Database; actor: Actor; now: number }, input: Input) => Promise<Result<Prepared>>;
  /** Finds, starting from what the actor may see, and locks what is about to change. Not found = not visible. */
  readonly subject: (context: CommandContext, input: Input) => Promise<Result<Subject>>;
  /** Decides on what was found; no I/O. */
  readonly allows: (actor: Actor, subject: Subject, input: Input, now: number) => Result<void>;
  /** Writes; facts last. */
  readonly perform: (
    context: CommandContext,
    subject: Subject,
    input: Input,
    prepared: Prepared,
  ) => Promise<Result<Performed<Output>>>;
  /** What the loser of a race is told, by the name of the unique index that decided it. */
  readonly conflicts: Readonly<Record<string, { code: ErrorCode; path?: string; detail: string }>>;
};

/** For commands with nothing slow to do first. */
export const nothingToPrepare = async (): Promise<Result<undefined>> => ({ ok: true, value: undefined });

/**
 * Declares a command. Leaving out a check does not compile: input, door, step-up, subject, allows, perform and
 * conflicts are all required, and perform cannot return without audit events.
 */
export function defineCommand<Input, Prepared, Subject, Output>(
  command: Command<Input, Prepared, Subject, Output>,
): Command<Input, Prepared, Subject, Output> {
  return command;
}
