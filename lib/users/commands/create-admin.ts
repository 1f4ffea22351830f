import { z } from "zod";
import type { AuditEntry } from "#lib/audit/event";
import { preparePassword } from "#lib/auth/password";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { foldName } from "#lib/users/name";
import { emailField, usernameField } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";

export type NewAdmin = { readonly username: string; readonly email?: string | undefined };

/** Inserts a person with the role admin, in the caller's transaction, and closes the set-up for ever. */
export async function insertAdmin(
  tx: Transaction,
  { username, email }: NewAdmin,
  hash: string,
  now: number,
  addedBy: string,
): Promise<{ id: string; username: string; event: AuditEntry } | null> {
  const mapping = await tx.roleMapping.findFirst({
    where: { role: "admin", group: { source: "local" } },
    orderBy: { mappedAt: "asc" },
  });
  if (mapping === null) return null;
  const user = await tx.user.create({
    data: {
      kind: "person",
      username,
      usernameKey: foldName(username),
      displayName: username,
      createdAt: new Date(now),
      password: { create: { hash, changedAt: new Date(now) } },
      memberships: { create: { groupId: mapping.groupId, addedBy } },
      ...(email === undefined ? {} : { email, aliases: { create: { key: foldName(email), alias: email } } }),
    },
  });
  await tx.setup.update({
    where: { id: 1 },
    data: { completedAt: new Date(now), codeDigest: null, codeExpiresAt: null },
  });
  const after = { kind: "person", email: email ?? null, role: "admin" };
  const event: AuditEntry = {
    action: "user.created",
    subject: { id: user.id, name: username },
    detail: { before: null, after },
  };
  return { id: user.id, username, event };
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
  prepare: async (_context, { username, email, password }) => preparePassword(password, [username, email ?? ""]),
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor, now, prepared: { hash } }, _subject, input) => {
    const admin = await insertAdmin(tx, input, hash, now, actor.osUser);
    if (admin === null) return refuse("invalid_input", "No local group is mapped to the role admin. Map one first.");
    return ok({ output: await viewUser(tx, admin.id), events: [admin.event] });
  },
  conflicts: NAME_CONFLICTS,
});
