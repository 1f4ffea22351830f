import { findApplications, findGroups, findUsers } from "#lib/commands/references";
import type { Transaction } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";

export type MaintainerLink = { readonly userId: string } | { readonly groupId: string };
export type NameLink = { readonly applicationId: string; readonly name: string };

/** Who maintains an account, by id. @returns `invalid_input` at the names that stand for nobody */
export async function maintainersNamed(
  tx: Transaction,
  names: { readonly users: readonly string[]; readonly groups: readonly string[] },
): Promise<Result<MaintainerLink[]>> {
  const users = await findUsers(tx, names.users, "maintainers.users");
  if (!users.ok) return users;
  const groups = await findGroups(tx, names.groups, "maintainers.groups");
  if (!groups.ok) return groups;
  return ok([...users.value.map(({ id }) => ({ userId: id })), ...groups.value.map(({ id }) => ({ groupId: id }))]);
}

/** Usernames per application, by its id. @returns `invalid_input` at the keys of no application */
export async function usernamesIn(
  tx: Transaction,
  usernames: Readonly<Record<string, string>>,
): Promise<Result<NameLink[]>> {
  const applications = await findApplications(tx, Object.keys(usernames), (key) => `usernames.${key}`);
  if (!applications.ok) return applications;
  return ok(applications.value.map(({ id, key }) => ({ applicationId: id, name: usernames[key] ?? "" })));
}
