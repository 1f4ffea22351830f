import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";

/** Ends one's own session (this one when no id is given); signing out is this. Ending twice is a repetition. */
export const endSession = defineCommand({
  name: "sessions.end",
  input: z.strictObject({ id: z.uuid().optional() }),
  door: { visitors: false, tokens: false },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    if (actor.kind !== "session") return refuse("forbidden", "Only a signed-in person has sessions.");
    const wanted = id ?? actor.sessionId;
    const session = await tx.session.findFirst({ where: { id: wanted, userId: actor.userId } });
    if (session === null) return refuse("not_found", "There is no such session of yours.");
    return ok({ session, username: actor.username });
  },
  allows: () => ok(undefined),
  perform: async ({ tx, now }, { session, username }) => {
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
