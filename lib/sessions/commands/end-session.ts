import { z } from "zod";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { endSessions, LEFT } from "../store";

/** @returns whether it stood: 1, or 0 */
async function leave(tx: Transaction, id: string, now: number): Promise<number> {
  const data = { endedAt: new Date(now), endReason: LEFT };
  return (await tx.session.updateMany({ where: { id, endedAt: null }, data })).count;
}

/**
 * Ends one's own session (this one when no id is given); signing out is this. Ending twice is a repetition. What was
 * begun goes on by the session that one leaves, and stops with another one: whose that is one may not know.
 */
export const endSession = defineCommand({
  input: z.strictObject({ id: id.optional() }),
  door: ["session", "unproven"],
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const wanted = id ?? actor.sessionId;
    const session = await tx.session.findFirst({ where: { id: wanted, userId: actor.userId } });
    return session === null ? refuse("not_found", "There is no such session of yours.") : ok(session);
  },
  allows: whoeverCame,
  perform: async ({ tx, actor: { username, sessionId }, now }, session) => {
    const ended =
      session.id === sessionId
        ? await leave(tx, sessionId, now)
        : await endSessions(tx, session.userId, "ended elsewhere", now, { equals: session.id });
    if (ended === 0) return ok({ output: { id: session.id }, repeated: true });
    const subject = { id: session.userId, name: username };
    const detail = { before: { session: session.id, address: session.address }, after: null };
    return ok({ output: { id: session.id }, events: [{ action: "user.signed-out", subject, detail }] });
  },
  conflicts: {},
});
