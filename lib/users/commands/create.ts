import { actorName } from "#lib/access/actor-name";
import { preparePassword } from "#lib/auth/password";
import { defineCommand, nothingToFind } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findLocalGroups } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { type CreateUserInput, createUserInput } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";
import { maintainersNamed, usernamesIn } from "#lib/users/store-links";
import { insertUser } from "#lib/users/store-new";
import { NAME_CONFLICTS } from "./create-admin";

const mayCreate = byRole("users.write", "Only administrators make users.");

/** What the names in the input stand for. */
async function found(tx: Transaction, input: CreateUserInput) {
  const groups = await findLocalGroups(tx, input.groups, "groups");
  if (!groups.ok) return groups;
  const maintainers = await maintainersNamed(tx, input.maintainers);
  if (!maintainers.ok) return maintainers;
  const names = await usernamesIn(tx, input.usernames);
  if (!names.ok) return names;
  return ok({ groupIds: groups.value.map(({ id }) => id), maintainers: maintainers.value, names: names.value });
}

/**
 * Makes a person or a service account. Only a person can have a password, and no script ever sets one. Step-up, because
 * who makes an administrator could sign in as that one, and would be present.
 */
export const createUser = defineCommand({
  input: createUserInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: async ({ actor }, { password, username, displayName, email }) => {
    const may = mayCreate(actor);
    if (!may.ok) return may;
    if (password === undefined) return ok(null);
    if (actor.kind === "token") {
      return refuse(
        "forbidden",
        "A token sets no passwords. Leave it out, or make this user in the portal, signed in.",
      );
    }
    return preparePassword(password, [username, displayName, email ?? ""]);
  },
  subject: nothingToFind,
  allows: mayCreate,
  perform: async ({ tx, actor, now, prepared: password }, _subject, input) => {
    const named = await found(tx, input);
    if (!named.ok) return named;
    const wanted = { ...input, ...named.value, passwordHash: password?.hash ?? null };
    const made = await insertUser(tx, wanted, actorName(actor), now);
    if (!made.ok) return made;
    const user = await viewUser(tx, made.value);
    const detail = { before: null, after: { ...user, password: password !== null } };
    return ok({
      output: user,
      events: [{ action: "user.created", subject: { id: user.id, name: user.username }, detail }],
    });
  },
  conflicts: NAME_CONFLICTS,
});
