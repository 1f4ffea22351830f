import { z } from "zod";
import { notBuiltIn } from "#lib/applications/built-in";
import { lockApplication, readApplicationUses } from "#lib/applications/store";
import { usesInWords } from "#lib/applications/uses";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";

/**
 * Deletes an application that nothing names and to which no request has come: tokens and history go by its key, and a
 * new application of that key would inherit them. Refuses `not_found`, `forbidden`, `in_use`.
 */
export const deleteApplication = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => lockApplication(tx, id),
  allows: inTurn(byRole("applications.write", "Only administrators delete applications."), notBuiltIn),
  perform: async ({ tx }, before) => {
    const uses = await readApplicationUses(tx, before.key);
    const named = usesInWords(uses);
    if (named.length > 0) {
      return refuse("in_use", `${before.name} is named by ${named.join(", ")}. Take it out there first.`);
    }
    if (uses.history) {
      const instead = "Take it from its gateways instead: requests to it are refused then.";
      return refuse("in_use", `Requests have come to ${before.name}, and their history stays. ${instead}`);
    }
    await tx.application.delete({ where: { id: before.id }, select: { id: true } });
    const subject = { id: before.id, name: before.key };
    const detail = { before, after: null };
    return ok({ output: before, events: [{ action: "application.deleted", subject, detail }] });
  },
  conflicts: {},
});
