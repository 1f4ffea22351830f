import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { moves } from "#lib/journal/standing";
import { lockInstallation } from "#lib/journal/store-installation";

/** Binds an installation that was tried out on its own machine to the address at which it serves from now on. */
export const moveInstallation = defineCommand({
  input: z.strictObject({}),
  door: ["system"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx }) => lockInstallation(tx),
  allows: whoeverCame,
  perform: async ({ tx }, { installationId, boundUrl, quarantinedAt }) => {
    const { url } = env();
    if (quarantinedAt !== null || !moves(boundUrl, url)) return ok({ output: { url: boundUrl }, repeated: true });
    await tx.settings.update({ where: { id: 1 }, data: { boundUrl: url } });
    const detail = { before: { url: boundUrl }, after: { url } };
    const subject = { id: installationId, name: url };
    return ok({ output: { url }, events: [{ action: "installation.moved", subject, detail }] });
  },
  conflicts: {},
});
