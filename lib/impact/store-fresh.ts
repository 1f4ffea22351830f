import { asRead } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import type { Result } from "#lib/errors/error";

/**
 * Makes a change only of what is still as it was read. Looked at without a lock, for `foresee`, which writes to tokens
 * before the command asks this again under its lock: who saves something stale changes no token by it.
 * @param what the noun, for the sentence: `policy`
 * @param read finds it as it is now
 * @param version that was read
 * @returns `stale`, and what `read` and `changeOf` refuse
 */
export const ifFresh =
  <Found extends { readonly version: number }, Change>(
    what: string,
    version: number,
    read: (db: Transaction) => Promise<Result<Found>>,
    changeOf: (db: Transaction, found: Found) => Promise<Result<Change>>,
  ) =>
  async (db: Transaction): Promise<Result<Change>> => {
    const found = await read(db);
    if (!found.ok) return found;
    const fresh = asRead(what, found.value, { version });
    return fresh.ok ? changeOf(db, found.value) : fresh;
  };
