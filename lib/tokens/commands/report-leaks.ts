import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok } from "#lib/errors/error";
import { endingLeaked, reportLeaksInput } from "../leaks/leak";
import { writeTo } from "../store-acts";
import { lockByDigest } from "../store-leaks";

/**
 * Somebody found secrets where they do not belong. Whoever has a secret may end it: that is all that its holder could
 * do with it at worst. Nobody learns which were known; the owners do, and the log.
 */
export const reportLeaks = defineCommand({
  input: reportLeaksInput,
  door: ["visitor"],
  quiet: true,
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { secrets: digests }) => ok(await lockByDigest(tx, digests)),
  allows: whoeverCame,
  perform: async ({ tx, now }, rows) => {
    const ending = endingLeaked(rows, now);
    if (ending === null) return ok({ output: {}, repeated: true });
    await writeTo(tx, ending);
    return ok({ output: {}, events: ending.events });
  },
  conflicts: {},
});
