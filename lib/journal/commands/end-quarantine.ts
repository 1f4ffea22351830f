import { randomUUID } from "node:crypto";
import { z } from "zod";
import { can } from "#lib/access/can";
import { defineCommand } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { journalsHere } from "#lib/journal/here";
import { type Left, mayEnd } from "#lib/journal/left";
import { beginEpoch, epochOf, lockInstallation } from "#lib/journal/store-installation";
import { leftIn } from "#lib/journal/store-left";

const AGAIN = "The quarantine has just begun, or has another cause now. Look again.";

/**
 * Ends the quarantine, whatever was its cause: this database and its history are the ones that hold from now on, under
 * the address of this portal. A copy becomes an installation of its own, so that nothing takes one for the other.
 * What the journal of ends tells must have been done again, unless the command line says the word.
 */
export const endQuarantine = defineCommand({
  input: z.strictObject({ although: z.string().max(100).optional() }),
  door: ["session", "cli"],
  whileRestored: "open",
  stepUp: true,
  administration: "untouched",
  // Who may not is refused later, and keeps nobody reading files.
  prepare: async ({ db, actor, now }): Promise<Result<Left | null>> =>
    ok(can(actor, "settings.write") ? await leftIn(db, journalsHere, now) : null),
  subject: ({ tx }) => lockInstallation(tx),
  allows: byRole("settings.write", "Only administrators end a quarantine."),
  perform: async ({ tx, actor, prepared }, { installationId, boundUrl, quarantinedAt, cause }, { although }) => {
    const { url } = env();
    const output = { quarantined: false };
    if (quarantinedAt === null) return ok({ output, repeated: true });
    const may = prepared?.cause === cause ? mayEnd(actor, prepared, although) : refuse("stale", AGAIN);
    if (!may.ok) return may;
    const histories = { own: await epochOf(tx), journal: prepared?.latest ?? null };
    const copy = cause === "elsewhere";
    await beginEpoch(tx, histories.journal);
    await tx.settings.update({
      where: { id: 1 },
      data: {
        ...{ quarantinedAt: null, quarantineWhy: null },
        ...(copy ? { boundUrl: url, installationId: randomUUID() } : {}),
      },
    });
    const detail = { before: { cause, url: boundUrl }, after: { url: copy ? url : boundUrl, histories } };
    const subject = { id: installationId, name: boundUrl };
    return ok({ output, events: [{ action: "installation.quarantine-ended", subject, detail }] });
  },
  conflicts: {},
});
