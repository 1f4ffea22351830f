import { z } from "zod";
import { defineCommand, nothingToFind, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok } from "#lib/errors/error";
import { endSessions } from "../store";

/** Ends every session of one's own but this one. Where there is none, nothing happens. */
export const endOtherSessions = defineCommand({
  input: z.strictObject({}),
  door: ["session", "unproven"],
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor: { userId, username, sessionId }, now }) => {
    const endedSessions = await endSessions(tx, userId, "ended elsewhere", now, { not: sessionId });
    if (endedSessions === 0) return ok({ output: { endedSessions }, repeated: true });
    const subject = { id: userId, name: username };
    const detail = { before: null, after: { endedSessions } };
    return ok({ output: { endedSessions }, events: [{ action: "user.sessions-ended", subject, detail }] });
  },
  conflicts: {},
});
