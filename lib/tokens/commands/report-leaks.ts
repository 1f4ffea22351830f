import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import type { Database } from "#lib/db/client";
import { ok } from "#lib/errors/error";
import { endingLeaked, notedInput, reportLeaksInput } from "../leaks/leak";
import { writeTo } from "../store-acts";
import { forgetReport, lockByDigest, noteReport } from "../store-leaks";

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
  perform: async ({ tx, now }, rows, { secrets: digests }) => {
    const ending = endingLeaked(rows, now);
    if (ending !== null) await writeTo(tx, ending);
    await forgetReport(tx, digests);
    if (ending === null) return ok({ output: {}, repeated: true });
    return ok({ output: {}, events: ending.events });
  },
  conflicts: {},
});

/** Notes what a report is to end. @returns whether there is anything @param now epoch milliseconds */
export const noteLeaks = (
  db: Database,
  { secrets: digests }: { readonly secrets: readonly string[] },
  address: string,
  now: number,
): Promise<boolean> => noteReport(db, digests, address, now);

/** The same for what was noted of a report, in case that whoever began with it did not come to the end. */
export const endNoted: typeof reportLeaks = { ...reportLeaks, input: notedInput };
