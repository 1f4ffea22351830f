import { z } from "zod";
import { preparePassword, verifyPassword } from "#lib/auth/password";
import { claimAttempt, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { endSessions } from "#lib/sessions/store";

const field = z
  .string("Type your password.")
  .min(1, "Type your password.")
  .max(1024, "This is too long for a password.");

/** Changes one's own password; the old one is asked for, and every other session of the person ends. */
export const changePassword = defineCommand({
  input: z.strictObject({ current: field, new: field }),
  door: ["session"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { current, new: wanted }) => {
    const attempt = { account: actor.userId, address: actor.address, knownAddress: true };
    const claimed = await claimAttempt(db, attempt, now);
    if (!claimed.ok) return claimed;
    const user = await db.user.findUniqueOrThrow({
      where: { id: actor.userId },
      select: { email: true, password: { select: { hash: true } } },
    });
    const right = await verifyPassword(current, user.password?.hash ?? null);
    if (!right.ok) return right;
    if (!right.value) {
      const message = "This is not your current password.";
      return refuse("invalid_input", message, [{ path: "current", message }]);
    }
    await forgiveAttempts(db, attempt, now);
    const prepared = await preparePassword(wanted, [actor.username, actor.displayName, user.email ?? ""]);
    if (prepared.ok) return prepared;
    const errors = prepared.refusal.errors.map((error) => ({ ...error, path: "new" }));
    return { ok: false, refusal: { ...prepared.refusal, errors } };
  },
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor: { userId, sessionId, username }, now, prepared: { hash } }) => {
    const at = new Date(now);
    await tx.passwordCredential.update({ where: { userId }, data: { hash, changedAt: at } });
    const endedSessions = await endSessions(tx, userId, "password changed", now, { not: sessionId });
    await tx.session.update({ where: { id: sessionId }, data: { stepUpAt: at } });
    const detail = { before: null, after: { endedSessions } };
    return ok({
      output: { endedSessions },
      events: [{ action: "user.password-changed", subject: { id: userId, name: username }, detail }],
    });
  },
  conflicts: {},
});
