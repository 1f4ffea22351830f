import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { lockFactorsOf } from "../store";

/**
 * Removes one of one's own factors. The last one only where no role needs it; the recovery codes, which stand in for
 * it, go with it.
 */
export const removeFactor = defineCommand({
  input: z.strictObject({ id }),
  door: ["session"],
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const factors = await lockFactorsOf(tx, actor.userId);
    const factor = factors.find((each) => each.id === id);
    if (factor === undefined) return refuse("not_found", "There is no such second factor of yours.");
    return ok({ factor, left: factors.length - 1 });
  },
  allows: ({ secondFactor, role }, { left }) => {
    if (!secondFactor) return refuse("forbidden", "Sign out, and in again with your second factor.");
    return left === 0 && role !== "user"
      ? refuse("forbidden", "Your role needs a second factor. Add another one first.")
      : ok(undefined);
  },
  perform: async ({ tx, actor: { userId, username } }, { factor, left }) => {
    await tx.secondFactor.delete({ where: { id: factor.id }, select: { id: true } });
    if (left === 0) await tx.recoveryCode.deleteMany({ where: { userId } });
    const before = { id: factor.id, kind: factor.kind, name: factor.name };
    const subject = { id: userId, name: username };
    const detail = { before, after: { left } };
    return ok({ output: { id: factor.id, left }, events: [{ action: "user.factor-removed", subject, detail }] });
  },
  conflicts: {},
});
