import type { z } from "zod";
import type { AuditEntry } from "#lib/audit/event";
import type { Database, Transaction } from "#lib/db/client";
import { type ErrorCode, ok, type Result } from "#lib/errors/error";
import type { ActorKind, ActorOf } from "./door";

/** What subject and perform get: one transaction, who asks, and the time (epoch ms). */
export type CommandContext<Who> = { readonly tx: Transaction; readonly actor: Who; readonly now: number };

/**
 * What was done and how the log tells it. Only repeating what is already done, or reading what is one's own, may leave
 * nothing in the log.
 */
export type Performed<Output> =
  | { readonly output: Output; readonly events: readonly [AuditEntry, ...AuditEntry[]] }
  | { readonly output: Output; readonly repeated: true }
  | { readonly output: Output; readonly unnoted: true };

export type Command<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output> = {
  readonly input: z.ZodType<Input>;
  /** The kinds of actors who may come at all, usually `VIEWERS`; the steps behind it know no others. */
  readonly door: readonly Kind[];
  /** Changes nothing but the log, which tells who read what: a token that may only read may do it too. */
  readonly reads?: true;
  /** Answers alike whatever it found, so nobody waits until verifiers have applied what it did. */
  readonly quiet?: true;
  /**
   * May it come from afar while a restored backup is in quarantine? Whoever comes then may be somebody whom the backup
   * brought back, so nothing is changed but by the command line; only what ends something, or lets somebody in to look,
   * goes on. What only `reads` does, too. A function says it of what does several things.
   */
  readonly whileRestored?: "open" | ((input: Input, subject: Subject) => boolean);
  /** In a session: must they have proved within ten minutes that it is them? */
  readonly stepUp: boolean;
  /**
   * May it change who administers, who can sign in, or by what rules? Then `execute` lets only one such command run at
   * a time, refuses it as `last_admin` when it locks out those who administer, and closes the set-up after the first.
   */
  readonly administration: "untouched" | "may change";
  /** Slow work before the transaction (hashing a password). May refuse. */
  readonly prepare: (
    context: { db: Database; actor: ActorOf<Kind>; now: number },
    input: Input,
  ) => Promise<Result<Prepared>>;
  /** Finds, starting from what the actor may see, and locks what is about to change. Not found = not visible. */
  readonly subject: (context: CommandContext<ActorOf<Kind>>, input: Input) => Promise<Result<Subject>>;
  /** Decides on what was found; no I/O. What it worked out for that, perform gets as `permitted`. */
  readonly allows: (actor: ActorOf<Kind>, subject: Subject, input: Input, now: number) => Result<Permitted>;
  /** Writes; facts last. */
  readonly perform: (
    context: CommandContext<ActorOf<Kind>> & { readonly prepared: Prepared; readonly permitted: Permitted },
    subject: Subject,
    input: Input,
  ) => Promise<Result<Performed<Output>>>;
  /** What the loser of a race is told, by the name of the unique index that decided it. */
  readonly conflicts: Conflicts;
};

export type Conflicts = Readonly<Record<string, { code: ErrorCode; path?: string; detail: string }>>;

/** For commands with nothing slow to do first. */
export const nothingToPrepare = async (): Promise<Result<undefined>> => ok(undefined);

/** For commands that make something out of nothing that is there. */
export const nothingToFind = async (): Promise<Result<undefined>> => ok(undefined);

/** For commands whose door decides who may, and prepare whether: by a password, for example. */
export const whoeverCame = (): Result<undefined> => ok(undefined);

/**
 * Declares a command. Leaving out a check does not compile: input, door, step-up, administration, subject, allows,
 * perform and conflicts are all required, and perform cannot return without audit events.
 */
export function defineCommand<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
): Command<Kind, Input, Prepared, Subject, Permitted, Output> {
  return command;
}
