import { can } from "#lib/access/can";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { networkIdInput } from "#lib/networks/network-schema";
import { lockNetwork, readNetworkUses } from "#lib/networks/store";
import { usesInWords } from "#lib/networks/uses";

/** Deletes a network that nothing names. Refuses `not_found`, `forbidden`, `in_use`. */
export const deleteNetwork = defineCommand({
  name: "networks.delete",
  input: networkIdInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => lockNetwork(tx, id),
  allows: (actor) =>
    can(actor, "networks.write") ? ok(undefined) : refuse("forbidden", "Only administrators delete networks."),
  perform: async ({ tx, now }, before, { id }) => {
    const uses = usesInWords(await readNetworkUses(tx, before.name, now));
    if (uses.length > 0) {
      return refuse("in_use", `${before.name} is named by ${uses.join(", ")}. Take it out there first.`);
    }
    await tx.network.delete({ where: { id }, select: { id: true } });
    const subject = { id, name: before.name };
    return ok({ output: before, events: [{ action: "network.deleted", subject, detail: { before, after: null } }] });
  },
  conflicts: {},
});
