import { z } from "zod";
import { can } from "#lib/access/can";
import type { Actor } from "#lib/access/viewer";
import { readPerson } from "#lib/auth/person";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { endSessions } from "#lib/sessions/store";
import { lockUser, USER_NOT_FOUND } from "#lib/users/store";
import { outranks, type Role } from "#lib/users/user";

function mayReset(actor: Actor, userId: string, role: Role): Result<void> {
  if (!can(actor, "users.write")) return refuse("forbidden", "Only administrators reset second factors.");
  if (actor.kind !== "session") return ok(undefined);
  if (actor.userId === userId) {
    return refuse(
      "forbidden",
      "You cannot reset your own: remove it on your account page, or ask another administrator.",
    );
  }
  return outranks(role, actor.role) ? refuse("forbidden", "This person has a role above yours.") : ok(undefined);
}

/**
 * Takes every second factor and recovery code from somebody who lost them, and signs them out everywhere: who has their
 * password can sign in then, so see first that it is them. Never by a script.
 */
export const resetFactors = defineCommand({
  input: z.strictObject({ id }),
  door: ["session", "cli"],
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const user = await lockUser(tx, actor, id);
    if (!user.ok) return user;
    const person = await readPerson(tx, id);
    return person === null ? USER_NOT_FOUND : ok(person);
  },
  allows: (actor, { userId, role }) => mayReset(actor, userId, role),
  perform: async ({ tx, now }, { userId, username }) => {
    const had = await tx.secondFactor.findMany({ where: { userId }, select: { kind: true, name: true } });
    const output = { id: userId, username, removed: had.length };
    await tx.secondFactor.deleteMany({ where: { userId } });
    const codes = await tx.recoveryCode.deleteMany({ where: { userId } });
    if (had.length === 0 && codes.count === 0) return ok({ output, repeated: true });
    const endedSessions = await endSessions(tx, userId, "second factors reset", now);
    const detail = { before: { factors: had }, after: { endedSessions } };
    return ok({ output, events: [{ action: "user.factors-reset", subject: { id: userId, name: username }, detail }] });
  },
  conflicts: {},
});
