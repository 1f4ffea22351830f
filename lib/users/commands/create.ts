import { actorName } from "#lib/access/actor-name";
import { preparePassword } from "#lib/auth/password";
import { defineCommand, nothingToFind } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findApplications, findGroups, findLocalGroups, findUsers } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { type CreateUserInput, createUserInput } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";
import { insertUser } from "#lib/users/store-new";
import { NAME_CONFLICTS } from "./create-admin";

const mayCreate = byRole("users.write", "Only administrators make users.");

/** What the names in the input stand for. */
async function found(tx: Transaction, input: CreateUserInput) {
  const groups = await findLocalGroups(tx, input.groups, "groups");
  if (!groups.ok) return groups;
  const users = await findUsers(tx, input.maintainers.users, "maintainers.users");
  if (!users.ok) return users;
  const teams = await findGroups(tx, input.maintainers.groups, "maintainers.groups");
  if (!teams.ok) return teams;
  const applications = await findApplications(tx, Object.keys(input.usernames), (key) => `usernames.${key}`);
  if (!applications.ok) return applications;
  const maintainers = [
    ...users.value.map(({ id }) => ({ userId: id })),
    ...teams.value.map(({ id }) => ({ groupId: id })),
  ];
  const names = applications.value.map(({ id, key }) => ({ applicationId: id, name: input.usernames[key] ?? "" }));
  return ok({ groupIds: groups.value.map(({ id }) => id), maintainers, names });
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
