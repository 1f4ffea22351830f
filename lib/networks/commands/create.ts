import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { networkInput } from "#lib/networks/network-schema";
import { networkView } from "#lib/networks/view";

/** Names a list of address ranges, to be used in policies and tokens. */
export const createNetwork = defineCommand({
  input: networkInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("networks.write", "Only administrators make networks."),
  perform: async ({ tx, now }, _subject, input) => {
    const view = networkView(await tx.network.create({ data: { ...input, createdAt: new Date(now) } }));
    const detail = { before: null, after: view };
    const subject = { id: view.id, name: view.name };
    return ok({ output: view, events: [{ action: "network.created", subject, detail }] });
  },
  conflicts: {
    networks_name_key: { code: "already_exists", path: "name", detail: "There is a network of this name." },
  },
});
