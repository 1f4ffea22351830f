import type { Transaction } from "#lib/db/client";
import { type FieldError, ok, type Result, refuse } from "#lib/errors/error";
import { foldName, type WantedName } from "./name";

export type Alias = { readonly key: string; readonly alias: string };

// No index spans usernames and aliases: whoever gives names away does so one at a time.
const NAMING = 7_200_010;

/**
 * Sees to it that none of these names leads to somebody else, as username or alias, until the transaction ends.
 * @param username theirs from now on
 * @param others e-mail, former names
 * @param ownId whose names they are to be; null for somebody new. What is theirs already is no trouble
 * @returns the aliases to store (each once, the username left out), or `already_exists` at the fields concerned
 */
export async function claimNames(
  tx: Transaction,
  username: WantedName,
  others: readonly WantedName[],
  ownId: string | null,
): Promise<Result<Alias[]>> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${NAMING})`;
  const wanted = [username, ...others].map((each) => ({ ...each, key: foldName(each.name) }));
  const keys = { in: wanted.map((each) => each.key) };
  const users = await tx.user.findMany({ where: { usernameKey: keys }, select: { id: true, usernameKey: true } });
  const aliases = await tx.userAlias.findMany({ where: { key: keys }, select: { userId: true, key: true } });
  const owners = [
    ...users.map((each) => [each.usernameKey, each.id]),
    ...aliases.map((each) => [each.key, each.userId]),
  ];
  const taken = new Set(owners.flatMap(([key, owner]) => (owner === ownId ? [] : [key])));
  const errors: FieldError[] = wanted
    .filter(({ key }) => taken.has(key))
    .map(({ name, path }) => ({ path, message: `${name} belongs to somebody else already.` }));
  if (errors.length > 0) return refuse("already_exists", errors[0]?.message ?? "", errors);
  const own = foldName(username.name);
  const stored = new Map(wanted.filter(({ key }) => key !== own).map(({ key, name }) => [key, { key, alias: name }]));
  return ok([...stored.values()]);
}
