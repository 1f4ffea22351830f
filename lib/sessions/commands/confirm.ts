import { z } from "zod";
import { STEP_UP_MS } from "#lib/access/step-up";
import { verifyPassword } from "#lib/auth/password";
import { claimAttempt, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";

/** Step-up: the person at this session proves again, by password, that it is them. Counts for ten minutes. */
export const confirmPresence = defineCommand({
  input: z.strictObject({
    password: z
      .string("Type your password.")
      .min(1, "Type your password.")
      .max(1024, "This is too long for a password."),
  }),
  door: ["session"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { password }) => {
    const attempt = { account: actor.userId, address: actor.address, knownAddress: true };
    const claimed = await claimAttempt(db, attempt, now);
    if (!claimed.ok) return claimed;
    const stored = await db.passwordCredential.findUnique({ where: { userId: actor.userId }, select: { hash: true } });
    const right = await verifyPassword(password, stored?.hash ?? null);
    if (!right.ok) return right;
    if (!right.value) {
      const message = "This is not your password.";
      return refuse("invalid_input", message, [{ path: "password", message }]);
    }
    await forgiveAttempts(db, attempt, now);
    return ok(undefined);
  },
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor: { sessionId, userId, username }, now }) => {
    await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { stepUpAt: new Date(now) } });
    const detail = { before: null, after: { session: sessionId } };
    return ok({
      output: { until: new Date(now + STEP_UP_MS).toISOString() },
      events: [{ action: "user.confirmed", subject: { id: userId, name: username }, detail }],
    });
  },
  conflicts: {},
});
