import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { lockFactorsOf, renewRecoveryCodes } from "../store";

/** Ten new recovery codes, shown this once; the old ones open nothing any more. */
export const renewCodes = defineCommand({
  input: z.strictObject({}),
  door: ["session"],
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }) => ok(await lockFactorsOf(tx, actor.userId)),
  allows: ({ secondFactor }, factors) =>
    factors.length > 0 && secondFactor
      ? ok(undefined)
      : refuse("forbidden", "Recovery codes stand in for a second factor. Set one up, or sign in with it first."),
  perform: async ({ tx, actor: { userId, username }, now }) => {
    const recoveryCodes = await renewRecoveryCodes(tx, userId, now);
    const subject = { id: userId, name: username };
    const detail = { before: null, after: { made: recoveryCodes.length } };
    return ok({ output: { recoveryCodes }, events: [{ action: "user.recovery-codes-made", subject, detail }] });
  },
  conflicts: {},
});
