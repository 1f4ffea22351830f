import { randomUUID } from "node:crypto";
import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { beginEpoch, lockInstallation } from "#lib/journal/store-installation";

/**
 * Ends the quarantine, whatever was its cause: this database and its history are the ones that hold from now on, under
 * the address of this portal. A copy becomes an installation of its own, so that nothing takes one for the other.
 */
export const endQuarantine = defineCommand({
  input: z.strictObject({}),
  door: ["session", "cli"],
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx }) => lockInstallation(tx),
  allows: byRole("settings.write", "Only administrators end a quarantine."),
  perform: async ({ tx }, { installationId, boundUrl, quarantinedAt, cause }) => {
    const { url } = env();
    const output = { quarantined: false };
    if (quarantinedAt === null) return ok({ output, repeated: true });
    const copy = cause === "elsewhere";
    await beginEpoch(tx);
    await tx.settings.update({
      where: { id: 1 },
      data: {
        ...{ quarantinedAt: null, quarantineWhy: null },
        ...(copy ? { boundUrl: url, installationId: randomUUID() } : {}),
      },
    });
    const detail = { before: { cause, url: boundUrl }, after: { url: copy ? url : boundUrl } };
    const subject = { id: installationId, name: boundUrl };
    return ok({ output, events: [{ action: "installation.quarantine-ended", subject, detail }] });
  },
  conflicts: {},
});
