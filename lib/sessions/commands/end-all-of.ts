import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { id } from "#lib/fields";
import { lockUser } from "#lib/users/store";
import { endSessions } from "../store";

/** Signs a user out everywhere: an administrator does, of whom something looks wrong. Their tokens go on. */
export const endSessionsOf = defineCommand({
  input: z.strictObject({ id }),
  door: ["session", "cli"],
  whileRestored: "open",
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockUser(tx, actor, id),
  allows: byRole("users.write", "Only administrators sign others out."),
  perform: async ({ tx, now }, user) => {
    const endedSessions = await endSessions(tx, user.id, "ended by an administrator", now);
    if (endedSessions === 0) return ok({ output: { endedSessions }, repeated: true });
    const subject = { id: user.id, name: user.username };
    const detail = { before: null, after: { endedSessions } };
    return ok({ output: { endedSessions }, events: [{ action: "user.sessions-ended", subject, detail }] });
  },
  conflicts: {},
});
