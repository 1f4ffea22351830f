import { administers } from "#lib/access/can";
import { steppedUp } from "#lib/access/step-up";
import { lockAdministration, openFromAfar, settleAdministration } from "#lib/access/store";
import type { Actor } from "#lib/access/viewer";
import { recordEvents } from "#lib/audit/record";
import type { Database } from "#lib/db/client";
import { isRepeatable, violatedIndex } from "#lib/db/failure";
import { ok, type Refusal, type Result, refuse } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { journalled } from "#lib/journal/kept";
import { keyRing } from "#lib/keys/ring";
import { awaitEnforcement, type Enforcement } from "#lib/propagation/enforcement";
import type { Command, Conflicts, Performed } from "./command";
import { type ActorKind, throughDoor } from "./door";

export type Executed<Output> = {
  readonly output: Output;
  /** Nothing was left to do: it had been done before. */
  readonly repeated: boolean;
  /** Where the change holds already; null when no fact changed. */
  readonly enforcement: Enforcement | null;
};

const ATTEMPTS = 4;

// Returning a refusal from $transaction would commit: it leaves as an exception and is a value again outside.
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.detail);
  }
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}

/**
 * The one way to change anything: parse → find subject → authorise → perform → audit → commit, in one transaction;
 * then waits, up to a second, until every verifier says that it has applied the change and the journal of ends has it.
 * @param raw what came in, unparsed
 * @param now epoch milliseconds
 * @returns the output, or the refusal; a refusal leaves nothing behind
 * @throws only the unexpected (a bug, or the database being away): the edge answers for it
 */
export async function execute<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  db: Database,
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  actor: Actor,
  raw: unknown,
  now: number,
): Promise<Result<Executed<Output>>> {
  const parsed = command.input.safeParse(raw);
  if (!parsed.success) return refusedInput(parsed.error);
  const input = parsed.data;
  const came = throughDoor(actor, command.door, command.reads);
  if (!came.ok) return came;
  const present = command.stepUp ? steppedUp(actor, now) : ok(undefined);
  if (!present.ok) return present;
  const who = came.value;
  const prepared = await command.prepare({ db, actor: who, now }, input);
  if (!prepared.ok) return prepared;
  const audit = await keyRing(db, "audit", now);

  const once = () =>
    db.$transaction(async (tx) => {
      const context = { tx, actor: who, now };
      const guard = async () => (command.administration === "may change" ? lockAdministration(tx) : null);
      // Before any other lock. Who does not administer is refused by subject or allows, and keeps nobody waiting.
      const early = administers(who) ? await guard() : null;
      const subject = unwrap(await command.subject(context, input));
      const permitted = unwrap(command.allows(who, subject, input, now));
      const before = early ?? (await guard());
      if (waitsForReplay(who, command, input, subject)) unwrap(await openFromAfar(tx));
      const given = { ...context, prepared: prepared.value, permitted };
      const done: Performed<Output> = unwrap(await command.perform(given, subject, input));
      if (before !== null) unwrap(await settleAdministration(tx, before, now));
      const events = "events" in done ? done.events : [];
      const sequence = await recordEvents(tx, audit.active, actor, now, events);
      return { output: done.output, repeated: "repeated" in done, sequence };
    });

  const done = await decide(once, command.conflicts);
  if (!done.ok) return done;
  const { output, repeated, sequence } = done.value;
  const awaited = sequence !== null && command.quiet !== true;
  const [enforcement] = await Promise.all([awaited ? awaitEnforcement(db, sequence) : null, awaited && journalled()]);
  return ok({ output, repeated, enforcement });
}

type Declared<Input, Subject> = {
  readonly reads?: true;
  readonly whileRestored?: "open" | ((input: Input, subject: Subject) => boolean);
};

/** Whether it is refused while a restored backup is in quarantine. */
function waitsForReplay<I, S>(who: Actor, { reads, whileRestored }: Declared<I, S>, input: I, subject: S): boolean {
  if (who.kind === "cli" || who.kind === "system" || reads === true) return false;
  return typeof whileRestored === "function" ? !whileRestored(input, subject) : whileRestored !== "open";
}

/** Runs the transaction until it has decided: repeats what the database asks to repeat, and names who lost a race. */
async function decide<T>(once: () => Promise<T>, conflicts: Conflicts): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return ok(await once());
    } catch (error) {
      if (error instanceof Refused) return { ok: false, refusal: error.refusal };
      const index = violatedIndex(error);
      const conflict = index === null ? undefined : conflicts[index];
      if (conflict !== undefined) {
        const { code, path, detail } = conflict;
        return refuse(code, detail, path === undefined ? [] : [{ path, message: detail }]);
      }
      if (attempt === ATTEMPTS || !isRepeatable(error)) throw error;
    }
  }
}
