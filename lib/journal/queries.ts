import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { causeOf } from "./store-installation";
import { type Missing, missingIn, type ReadJournals } from "./store-missing";
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
  const { url, urlIsGiven } = env();
  const why = whyOf(cause, row.boundUrl, urlIsGiven ? url : null);
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

/**
 * Lines of the journals that came after what the database knows.
 * @param read reads the journals about an installation
 * @returns `forbidden`; `ended` where there is no quarantine; `not_found` where a copy lacks nothing
 */
export async function missingEnds(viewer: Viewer, read: ReadJournals): Promise<Result<Missing>> {
  if (!can(viewer, "settings.read")) return refuse("forbidden", "Only administrators and auditors look at this.");
  const quarantine = await findQuarantine(viewer);
  if (quarantine === null || quarantine.cause === null) return refuse("ended", NO_QUARANTINE);
  const missing = await missingIn(database(), quarantine.cause, read);
  if (missing === null) return refuse("not_found", "There is no installation yet.");
  const { cause, lines, unreadable } = missing;
  if (cause === "elsewhere" && lines.length + unreadable === 0) return refuse("not_found", NOTHING_IN_A_COPY);
  return ok(missing);
}
