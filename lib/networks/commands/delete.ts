import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { networkIdInput } from "#lib/networks/network-schema";
import { lockNetwork, readNetworkUses } from "#lib/networks/store";
import { usesInWords } from "#lib/networks/uses";

/** Deletes a network that nothing names. Refuses `not_found`, `forbidden`, `in_use`. */
export const deleteNetwork = defineCommand({
  input: networkIdInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => lockNetwork(tx, id),
  allows: byRole("networks.write", "Only administrators delete networks."),
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
