import { z } from "zod";
import { preparePassword } from "#lib/auth/password";
import { defineCommand } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { LOCAL } from "#lib/groups/group";
import { endSessions } from "#lib/sessions/store";
import { voidClaims } from "#lib/tokens/store-claims";
import { lockUser } from "#lib/users/store";

/**
 * `latchkey user set-password`: the operator gives a local person a new password and signs them out everywhere. Nobody
 * else sets somebody's password: whoever could, could sign in as them.
 */
export const setPassword = defineCommand({
  input: z.strictObject({ id, password: z.string("Write a password.").max(1024, "This is too long for a password.") }),
  door: ["cli"],
  stepUp: false,
  administration: "may change",
  prepare: async ({ db }, { id, password }) => {
    const user = await db.user.findUnique({
      where: { id },
      select: { username: true, displayName: true, email: true },
    });
    const { username = "", displayName = "", email = null } = user ?? {};
    return preparePassword(password, [username, displayName, email ?? ""]);
  },
  subject: async ({ tx, actor }, { id }) => {
    const user = await lockUser(tx, actor, id);
    if (!user.ok) return user;
    const { kind, source } = await tx.user.findUniqueOrThrow({ where: { id }, select: { kind: true, source: true } });
    return ok({ ...user.value, kind, source });
  },
  allows: (_actor, { kind, source }) => {
    if (kind === "service") return refuse("forbidden", "A service account cannot sign in: it has no password.");
    return source === LOCAL
      ? ok(undefined)
      : refuse("forbidden", "This person signs in at their identity provider and has no password here.");
  },
  perform: async ({ tx, actor, now, prepared: { hash } }, { id, username }) => {
    const changedAt = new Date(now);
    const userId = id;
    await tx.passwordCredential.upsert({
      where: { userId },
      create: { userId, hash, changedAt },
      update: { hash, changedAt },
    });
    const endedSessions = await endSessions(tx, userId, "password set by the operator", now);
    const voided = await voidClaims(tx, { ownerId: userId }, { actor, why: "the owner's password was set anew", now });
    const detail = { before: null, after: { endedSessions } };
    const subject = { id, name: username };
    const event = { action: "user.password-set" as const, subject, detail };
    return ok({ output: { username, endedSessions }, events: [event, ...voided] });
  },
  conflicts: {},
});
