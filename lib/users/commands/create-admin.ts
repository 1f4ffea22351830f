import { z } from "zod";
import type { AuditEntry } from "#lib/audit/event";
import { preparePassword } from "#lib/auth/password";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { LOCAL } from "#lib/groups/group";
import { emailField, usernameField } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";
import { insertUser } from "#lib/users/store-new";

export type NewAdmin = { readonly username: string; readonly email?: string | undefined };

/** Inserts a person with the role admin, in the caller's transaction. `administration: "may change"` closes the set-up. */
export async function insertAdmin(
  tx: Transaction,
  { username, email: written }: NewAdmin,
  passwordHash: string,
  now: number,
  addedBy: string,
): Promise<Result<{ id: string; username: string; event: AuditEntry }>> {
  const mapping = await tx.roleMapping.findFirst({
    where: { role: "admin", group: { source: LOCAL } },
    orderBy: { mappedAt: "asc" },
  });
  if (mapping === null) return refuse("invalid_input", "No local group is mapped to the role admin. Map one first.");
  const email = written ?? null;
  const nothing = { aliases: [], names: [], maintainers: [] };
  const person = { kind: "person" as const, username, displayName: "", email, passwordHash, ...nothing };
  const made = await insertUser(tx, { ...person, groupIds: [mapping.groupId] }, addedBy, now);
  if (!made.ok) return made;
  const event: AuditEntry = {
    action: "user.created",
    subject: { id: made.value, name: username },
    detail: { before: null, after: { kind: "person", email, role: "admin" } },
  };
  return ok({ id: made.value, username, event });
}

/** What the loser is told when a name is taken: by a username, or as somebody's alias. */
export const NAME_CONFLICTS = {
  users_username_key_key: { code: "already_exists", path: "username", detail: "This username is taken." },
  user_aliases_pkey: { code: "already_exists", path: "email", detail: "This e-mail address belongs to somebody else." },
} as const;

/** `latchkey admin create`: the operator makes another administrator. */
export const createAdmin = defineCommand({
  input: z.strictObject({
    username: usernameField,
    email: emailField.optional(),
    password: z.string("Write a password.").max(1024, "This is too long for a password."),
  }),
  door: ["cli"],
  stepUp: true,
  administration: "may change",
  prepare: async (_context, { username, email, password }) => preparePassword(password, [username, email ?? ""]),
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor, now, prepared: { hash } }, _subject, input) => {
    const admin = await insertAdmin(tx, input, hash, now, actor.osUser);
    if (!admin.ok) return admin;
    return ok({ output: await viewUser(tx, admin.value.id), events: [admin.value.event] });
  },
  conflicts: NAME_CONFLICTS,
});
