import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Line } from "./line";
import type { Cause } from "./standing";
import { readHead } from "./store";
import { forkOf } from "./store-fork";
import { causeOf } from "./store-installation";
import { type QuarantineView, whyOf } from "./view";

const NONE: QuarantineView = { quarantined: false, since: null, cause: null, why: null };

/** The quarantine, for who may end it or look at it; null where there is none, and for everybody else. */
export async function findQuarantine(viewer: Viewer): Promise<QuarantineView | null> {
  if (!can(viewer, "settings.read")) return null;
  const row = await database().settings.findUnique({
    where: { id: 1 },
    select: { boundUrl: true, quarantinedAt: true, quarantineWhy: true },
  });
  if (row === null || row.quarantinedAt === null) return null;
  const cause = causeOf(row.quarantineWhy);
  const why = whyOf(cause, row.boundUrl, env().url);
  return { quarantined: true, since: row.quarantinedAt.toISOString(), cause, why };
}

/** The same for REST and the command line. @returns `forbidden` */
export async function readQuarantine(viewer: Viewer): Promise<Result<QuarantineView>> {
  if (can(viewer, "settings.read")) return ok((await findQuarantine(viewer)) ?? NONE);
  return refuse("forbidden", "Only administrators and auditors look at this.");
}

const NO_QUARANTINE = "There is no quarantine, so nothing is missing.";
const NOTHING_IN_A_COPY =
  "The journal here tells of nothing that this copy does not know. If it may serve, end the quarantine with journal dismiss.";

/** What there is of a journal, in order, and how many lines of it cannot be read. */
type Journals = { readonly lines: readonly Line[]; readonly unreadable: number };

/**
 * What the journal knows and the database does not. `whole` is false where the journal begins after the backup.
 * `cause` is of the quarantine: a database of another address can be a restored backup that has moved, too.
 */
export type Missing = Journals & { readonly whole: boolean; readonly cause: Cause };

/**
 * Lines of the journals that came after what the database knows.
 * @param read reads the journals about an installation
 * @returns `forbidden`; `ended` where there is no quarantine; `not_found` where a copy lacks nothing
 */
export async function missingEnds(
  viewer: Viewer,
  read: (installationId: string) => Promise<Journals>,
): Promise<Result<Missing>> {
  if (!can(viewer, "settings.read")) return refuse("forbidden", "Only administrators and auditors look at this.");
  const quarantine = await findQuarantine(viewer);
  if (quarantine === null || quarantine.cause === null) return refuse("ended", NO_QUARANTINE);
  const { cause } = quarantine;
  const db = database();
  const head = await readHead(db);
  if (head === null) return refuse("not_found", "There is no installation yet.");
  const { lines, unreadable } = await read(head.installationId);
  const fork = await forkOf(db, head.epoch, lines);
  const since = lines.slice(fork + 1);
  if (cause === "elsewhere" && since.length + unreadable === 0) return refuse("not_found", NOTHING_IN_A_COPY);
  return ok({ lines: since, unreadable, whole: fork >= 0, cause });
}
