import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok } from "#lib/errors/error";
import { type SigningKey, unwrapKey } from "#lib/keys/key";
import { acceptedWrappingKeys, currentWrappingKey } from "#lib/keys/secrets";
import { type KeyRow, lockKeys, rewrap } from "#lib/keys/store";

/** The key, where something else than today's LATCHKEY_SECRET wraps it; a lost one stays as it is. */
function misplaced({ kid, purpose, wrapped }: KeyRow): SigningKey | null {
  const isCurrent = unwrapKey(kid, wrapped, [currentWrappingKey(purpose)]) !== null;
  return isCurrent ? null : unwrapKey(kid, wrapped, acceptedWrappingKeys(purpose));
}

/**
 * Wraps every key with today's LATCHKEY_SECRET that the one before opens, so that the one before can be forgotten. At
 * every start; nothing is left to do at nearly all of them.
 */
export const rewrapKeys = defineCommand({
  input: z.strictObject({}),
  door: ["system"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }) => ok(await lockKeys(tx, null)),
  allows: whoeverCame,
  perform: async ({ tx }, rows) => {
    let keys = 0;
    for (const row of rows) {
      const key = misplaced(row);
      if (key === null) continue;
      await rewrap(tx, row.purpose, key);
      keys += 1;
    }
    if (keys === 0) return ok({ output: { keys }, repeated: true });
    const detail = { before: null, after: { keys } };
    return ok({ output: { keys }, events: [{ action: "key.rewrapped", subject: { id: null, name: "keys" }, detail }] });
  },
  conflicts: {},
});
