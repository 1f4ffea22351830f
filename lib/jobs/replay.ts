import type { CliViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";
import { sumUp, type ToDo } from "#lib/journal/end";
import { ALTHOUGH } from "#lib/journal/left";
import { endsIn } from "#lib/journal/line";
import type { Missing } from "#lib/journal/store-missing";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { deactivateUser } from "#lib/users/commands/deactivate";

const NOTE = "Again, from the journal of ends";

/** What replaying did, and what is left for somebody to look at. */
export type Replayed = {
  readonly revoked: number;
  readonly suspended: number;
  readonly deactivated: number;
  /** Of these the restored database knows nothing, or they have ended there. */
  readonly nothingToDo: number;
  readonly refused: readonly { readonly id: string; readonly detail: string }[];
  readonly look: ToDo["look"];
  /** The journal begins after the backup: what ended before its first line is not in it. */
  readonly whole: boolean;
  /** Lines of the journal that cannot be read, or are not sure to be what was written: what they told of may be missing. */
  readonly unreadable: number;
  readonly quarantined: boolean;
};

type Tally = { done: number; nothing: number; refused: { id: string; detail: string }[] };

/** Does one thing to each. What is not there, or is as wanted, needs nothing. */
async function toEach(ids: readonly string[], act: (id: string) => Promise<Result<{ readonly repeated: boolean }>>) {
  const tally: Tally = { done: 0, nothing: 0, refused: [] };
  for (const id of ids) {
    const done = await act(id);
    if (done.ok ? done.value.repeated : ["not_found", "ended"].includes(done.refusal.code)) tally.nothing += 1;
    else if (done.ok) tally.done += 1;
    else tally.refused.push({ id, detail: done.refusal.detail });
  }
  return tally;
}

/**
 * Does again what the journal of ends says and the restored database does not know: revokes, suspends what was
 * suspended or made narrower, deactivates. Each is a command with its event. Where nothing is left that only a person
 * can judge, the quarantine ends; that of another address is always for a person to end. Repeating is harmless.
 */
export async function replay(
  db: Database,
  by: CliViewer,
  { lines, whole, unreadable, cause }: Missing,
  now: () => number,
): Promise<Result<Replayed>> {
  const { end, stop, deactivate, look } = sumUp(endsIn(lines));
  const [reason, note] = ["privilege_withdrawn", NOTE];
  const users = await toEach(deactivate, (id) => execute(db, deactivateUser, by, { id }, now()));
  const ended = await toEach(end, (id) => execute(db, revokeToken, by, { id, reason, note, only: true }, now()));
  const stopped = await toEach(stop, (id) => execute(db, suspendToken, by, { id, note }, now()));
  const refused = [users, ended, stopped].flatMap((tally) => tally.refused);
  const isComplete = whole && unreadable === 0;
  const settled = cause === "behind" && isComplete && refused.length === 0 && look.length === 0;
  if (settled) {
    // All that the journal told has just been done again: nothing is left that the word would be about.
    const over = await execute(db, endQuarantine, by, { although: ALTHOUGH }, now());
    if (!over.ok) return over;
  }
  return ok({
    ...{ revoked: ended.done, suspended: stopped.done, deactivated: users.done },
    nothingToDo: users.nothing + ended.nothing + stopped.nothing,
    ...{ refused, look, whole, unreadable, quarantined: !settled },
  });
}
