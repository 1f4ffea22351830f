import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";

/** Ends one's own session (this one when no id is given); signing out is this. Ending twice is a repetition. */
export const endSession = defineCommand({
  input: z.strictObject({ id: z.uuid().optional() }),
  door: ["session", "unproven"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const wanted = id ?? actor.sessionId;
    const session = await tx.session.findFirst({ where: { id: wanted, userId: actor.userId } });
    return session === null ? refuse("not_found", "There is no such session of yours.") : ok(session);
  },
  allows: whoeverCame,
  perform: async ({ tx, actor: { username }, now }, session) => {
    const ended = await tx.session.updateMany({
      where: { id: session.id, endedAt: null },
      data: { endedAt: new Date(now), endReason: "signed out" },
    });
    if (ended.count === 0) return ok({ output: { id: session.id }, repeated: true });
    const subject = { id: session.userId, name: username };
    const detail = { before: { session: session.id, address: session.address }, after: null };
    return ok({ output: { id: session.id }, events: [{ action: "user.signed-out", subject, detail }] });
  },
  conflicts: {},
});
