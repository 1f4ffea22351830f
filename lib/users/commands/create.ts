import { actorName } from "#lib/access/actor-name";
import { preparePassword } from "#lib/auth/password";
import { defineCommand, nothingToFind } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findApplications, findGroups, findLocalGroups, findUsers } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { closeSetup } from "#lib/settings/store";
import { foldName } from "#lib/users/name";
import { type CreateUserInput, createUserInput } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";
import { claimNames } from "#lib/users/store-names";
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
  const others = input.aliases.map((name, index) => ({ name, path: `aliases.${index}` }));
  if (input.email !== null) others.unshift({ name: input.email, path: "email" });
  const aliases = await claimNames(tx, { name: input.username, path: "username" }, others);
  if (!aliases.ok) return aliases;
  const maintainers = [
    ...users.value.map(({ id }) => ({ userId: id })),
    ...teams.value.map(({ id }) => ({ groupId: id })),
  ];
  const names = applications.value.map(({ id, key }) => ({ applicationId: id, name: input.usernames[key] ?? "" }));
  return ok({ groups: groups.value, aliases: aliases.value, maintainers, names });
}

/**
 * Makes a person or a service account. Only a person can have a password, and no script ever sets one. Step-up, because
 * who makes an administrator could sign in as that one, and would be present.
 */
export const createUser = defineCommand({
  input: createUserInput,
  door: VIEWERS,
  stepUp: true,
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
    const { groups, aliases, maintainers, names } = named.value;
    if (password !== null && groups.some((group) => group.role === "admin")) await closeSetup(tx, now);
    const addedBy = actorName(actor);
    const at = new Date(now);
    const { id } = await tx.user.create({
      data: {
        kind: input.kind,
        username: input.username,
        usernameKey: foldName(input.username),
        displayName: input.displayName === "" ? input.username : input.displayName,
        email: input.email,
        createdAt: at,
        aliases: { create: aliases },
        names: { create: names },
        maintainers: { create: maintainers },
        memberships: { create: groups.map((group) => ({ groupId: group.id, addedAt: at, addedBy })) },
        ...(password === null ? {} : { password: { create: { hash: password.hash, changedAt: at } } }),
      },
      select: { id: true },
    });
    const user = await viewUser(tx, id);
    const detail = { before: null, after: { ...user, password: password !== null } };
    return ok({ output: user, events: [{ action: "user.created", subject: { id, name: user.username }, detail }] });
  },
  conflicts: NAME_CONFLICTS,
});
