import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { lockUser } from "#lib/users/store";
import { endSessions } from "../store";

/**
 * Ends one session of somebody: an administrator does, of a place that nobody knows. Ending twice is a repetition.
 * Refuses `not_found`, `forbidden`.
 */
export const endOneSessionOf = defineCommand({
  input: z.strictObject({ id, session: id }),
  door: ["session", "cli"],
  whileRestored: "open",
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id, session }) => {
    const user = await lockUser(tx, actor, id);
    if (!user.ok) return user;
    const select = { id: true, address: true } as const;
    const found = await tx.session.findFirst({ where: { id: session, userId: id }, select });
    return found === null ? refuse("not_found", "There is no such session of theirs.") : ok({ ...user.value, found });
  },
  allows: byRole("users.write", "Only administrators sign others out."),
  perform: async ({ tx, now }, { id, username, found }) => {
    const ended = await endSessions(tx, id, "ended by an administrator", now, { equals: found.id });
    if (ended === 0) return ok({ output: { id: found.id }, repeated: true });
    const detail = { before: { session: found.id, address: found.address }, after: null };
    const event = { action: "user.session-ended" as const, subject: { id, name: username }, detail };
    return ok({ output: { id: found.id }, events: [event] });
  },
  conflicts: {},
});
