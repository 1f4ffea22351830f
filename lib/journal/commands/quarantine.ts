import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { CAUSES } from "#lib/journal/standing";
import { epochOf, lockInstallation } from "#lib/journal/store-installation";

/**
 * Puts the installation into quarantine: from the next pull on verifiers refuse everything. The sessions of a restored
 * backup end with it, because the backup does not know which of them had ended. `latest` is the history that a journal
 * knows last: whoever ends the quarantine ends that, too.
 */
export const quarantine = defineCommand({
  input: z.strictObject({ cause: z.enum(CAUSES), latest: z.uuid().nullable() }),
  door: ["system"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx }) => lockInstallation(tx),
  allows: whoeverCame,
  perform: async ({ tx, now }, { installationId, boundUrl, quarantinedAt }, { cause, latest }) => {
    const output = { cause };
    if (quarantinedAt !== null) return ok({ output, repeated: true });
    const at = new Date(now);
    await tx.session.updateMany({ where: { endedAt: null }, data: { endedAt: at, endReason: "quarantine" } });
    await tx.settings.update({ where: { id: 1 }, data: { quarantinedAt: at, quarantineWhy: cause } });
    const histories = { own: await epochOf(tx), journal: latest };
    const detail = { before: { url: boundUrl }, after: { cause, url: env().url, histories } };
    const subject = { id: installationId, name: boundUrl };
    return ok({ output, events: [{ action: "installation.quarantined", subject, detail }] });
  },
  conflicts: {},
});
