import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { hasCalled, lockGateway } from "#lib/gateways/store";

/**
 * Deletes a gateway that has never called: what a verifier has recorded of it names its key, and a new gateway of that
 * key would inherit it. Refuses `not_found`, `forbidden`, `in_use`.
 */
export const deleteGateway = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockGateway(tx, actor, id),
  allows: byRole("gateways.write", "Only administrators delete gateways."),
  perform: async ({ tx }, before) => {
    if (before.lastContactAt !== null || (await hasCalled(tx, before.key))) {
      return refuse(
        "in_use",
        `${before.key} has called, and its history stays. Take its applications away instead: everything that it asks is refused then.`,
      );
    }
    await tx.gateway.delete({ where: { id: before.id }, select: { id: true } });
    const subject = { id: before.id, name: before.key };
    return ok({ output: before, events: [{ action: "gateway.deleted", subject, detail: { before, after: null } }] });
  },
  conflicts: {},
});
