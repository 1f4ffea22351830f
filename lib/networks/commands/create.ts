import { can } from "#lib/access/can";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { networkInput } from "#lib/networks/network-schema";
import { networkView } from "#lib/networks/view";

/** Names a list of address ranges, to be used in policies and tokens. */
export const createNetwork = defineCommand({
  name: "networks.create",
  input: networkInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: async () => ok(undefined),
  allows: (actor) =>
    can(actor, "networks.write") ? ok(undefined) : refuse("forbidden", "Only administrators make networks."),
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
