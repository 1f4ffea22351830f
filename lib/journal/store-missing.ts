import type { Database } from "#lib/db/client";
import type { Journals } from "./files";
import type { Found } from "./line";
import { type Cause, tailOf } from "./standing";
import { readHead } from "./store";
import { forkOf } from "./store-fork";

/** Reads the journals about an installation. */
export type ReadJournals = (installationId: string) => Promise<Journals>;

/**
 * What the journal knows and the database does not. `whole` is false where the journal begins after the backup;
 * `unreadable` counts the lines that cannot be read, or are not sure to be what was written.
 * `cause` is of the quarantine: a database of another address can be a restored backup that has moved, too.
 */
export type Missing = {
  readonly lines: readonly Found[];
  readonly unreadable: number;
  readonly whole: boolean;
  readonly cause: Cause;
  /** The history that the journals know last, or the name of what was lost of them; null where there is none. */
  readonly latest: string | null;
};

/** Lines of the journals that came after what the database knows; null before there is an installation. */
export async function missingIn(db: Database, cause: Cause, read: ReadJournals): Promise<Missing | null> {
  const head = await readHead(db);
  if (head === null) return null;
  const { lines, unreadable, lost } = await read(head.installationId);
  const fork = await forkOf(db, head.epoch, lines);
  const since = lines.slice(fork + 1);
  const unsure = since.filter(({ proof }) => proof !== "sound").length;
  return {
    lines: since,
    unreadable: unreadable + unsure,
    whole: fork >= 0,
    cause,
    latest: tailOf(lines).latest ?? lost,
  };
}
