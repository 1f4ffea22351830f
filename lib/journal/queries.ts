import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Line } from "./line";
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

/** What the journal knows and the database does not. `whole` is false where the journal begins after the backup. */
export type Missing = { readonly lines: readonly Line[]; readonly whole: boolean };

/**
 * Lines of the journals that came after what the database knows.
 * @param read reads the lines about an installation, in order
 * @returns `forbidden`
 */
export async function missingEnds(
  viewer: Viewer,
  read: (installationId: string) => Promise<readonly Line[]>,
): Promise<Result<Missing>> {
  if (!can(viewer, "settings.read")) return refuse("forbidden", "Only administrators and auditors look at this.");
  const db = database();
  const head = await readHead(db);
  if (head === null) return refuse("not_found", "There is no installation yet.");
  const lines = await read(head.installationId);
  const fork = await forkOf(db, head.epoch, lines);
  return ok({ lines: lines.slice(fork + 1), whole: fork >= 0 });
}
