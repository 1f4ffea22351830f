import { system } from "#lib/auth/actors";
import { now } from "#lib/clock";
import type { Database } from "#lib/db/client";
import { isUnavailable } from "#lib/db/failure";
import type { Configuration } from "#lib/env";
import { JournalFiles, type JournalPlace } from "#lib/journal/files";
import { JournalKeeper } from "#lib/journal/keeper";
import { keepWith } from "#lib/journal/kept";
import { log } from "#lib/log";
import { goRounds } from "./rounds";

/** How often it looks by itself: for what others changed, and whether this is still the same database. */
const LOOK_MS = 1_000;

type Place = JournalPlace & Pick<Configuration, "url" | "portal">;

/** The journal of ends of this portal, in its data folder. */
export function journalOf(db: Database, { url, portal, ...place }: Place): JournalKeeper {
  let failing = false;
  return new JournalKeeper({
    ...{ db, url, now, by: system("journal") },
    files: new JournalFiles(place, `portal-${portal.port}`),
    onQuarantine: (cause) => log.error("journal.quarantined", { cause }),
    onDamage: (lines) => log.error("journal.damaged", { lines }),
    onLost: () => log.error("journal.lost"),
    onLate: (signedIn) => log.warn("journal.begins_late", { signedIn: signedIn.toISOString() }),
    onRound: (error) => {
      if (error === null) failing = false;
      else if (isUnavailable(error)) log.debug("journal.waiting", { why: "the database does not answer" });
      else if (!failing) {
        failing = true;
        log.error("journal.unwritable", { error });
      }
    },
  });
}

/**
 * Keeps the journal for as long as the portal runs.
 * @returns what ends it, after a last round
 */
export function keepJournal(db: Database, place: Place): () => Promise<void> {
  const keeper = journalOf(db, place);
  keepWith(keeper);
  const end = goRounds(async () => {
    await keeper.round();
    return LOOK_MS;
  });
  return async () => {
    await end();
    keepWith(null);
    await keeper.round();
  };
}
