import { isDeepStrictEqual } from "node:util";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { editNetworkInput } from "#lib/networks/network-schema";
import { lockNetwork, readNetworkUses } from "#lib/networks/store";
import { usesInWords } from "#lib/networks/uses";
import { networkView } from "#lib/networks/view";

/**
 * Changes a network's ranges, for everything that names it at once; its name only while nothing does.
 * Refuses `not_found`, `forbidden`, `stale`, `in_use`, `already_exists`.
 */
export const editNetwork = defineCommand({
  input: editNetworkInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => lockNetwork(tx, id),
  allows: inTurn(byRole("networks.write", "Only administrators change networks."), notStale("network")),
  perform: async ({ tx, now }, before, { id, version: _read, ...changes }) => {
    if (isDeepStrictEqual({ ...before, ...changes }, before)) return ok({ output: before, repeated: true });
    const renamed = changes.name !== undefined && changes.name !== before.name;
    const uses = renamed ? usesInWords(await readNetworkUses(tx, before.name, now)) : [];
    if (uses.length > 0) {
      const message = `${before.name} is named by ${uses.join(", ")}. Make a new network and name that instead.`;
      return refuse("in_use", message, [{ path: "name", message }]);
    }
    const { name = before.name, ranges = before.ranges } = changes;
    const data = { name, ranges: [...ranges], version: { increment: 1 } };
    const after = networkView(await tx.network.update({ where: { id }, data }));
    const subject = { id, name: after.name };
    return ok({ output: after, events: [{ action: "network.edited", subject, detail: { before, after } }] });
  },
  conflicts: {
    networks_name_key: { code: "already_exists", path: "name", detail: "There is a network of this name." },
  },
});
