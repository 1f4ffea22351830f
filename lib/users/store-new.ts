import type { Transaction } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { foldName } from "./name";
import { claimNames } from "./store-names";

/** A user as they are to be; what they are linked to by id. */
export type NewUser = {
  readonly kind: "person" | "service";
  readonly username: string;
  /** Empty: the username. */
  readonly displayName: string;
  readonly email: string | null;
  readonly aliases: readonly string[];
  readonly names: readonly { readonly applicationId: string; readonly name: string }[];
  readonly maintainers: readonly ({ readonly userId: string } | { readonly groupId: string })[];
  readonly groupIds: readonly string[];
  /** Null: no password. */
  readonly passwordHash: string | null;
};

/**
 * Makes a user whose names lead to nobody else. The only way in, whoever makes them.
 * @param by who made them, for the memberships
 * @param now epoch milliseconds
 * @returns the id; `already_exists` at the fields of the input: username, email, aliases.N
 */
export async function insertUser(tx: Transaction, user: NewUser, by: string, now: number): Promise<Result<string>> {
  const { kind, username, displayName, email, names, maintainers, groupIds, passwordHash } = user;
  const others = user.aliases.map((name, index) => ({ name, path: `aliases.${index}` }));
  if (email !== null) others.unshift({ name: email, path: "email" });
  const aliases = await claimNames(tx, { name: username, path: "username" }, others, null);
  if (!aliases.ok) return aliases;
  const at = new Date(now);
  const { id } = await tx.user.create({
    data: {
      ...{ kind, username, email, createdAt: at },
      usernameKey: foldName(username),
      displayName: displayName === "" ? username : displayName,
      aliases: { create: aliases.value },
      names: { create: [...names] },
      maintainers: { create: [...maintainers] },
      memberships: { create: groupIds.map((groupId) => ({ groupId, addedAt: at, addedBy: by })) },
      ...(passwordHash === null ? {} : { password: { create: { hash: passwordHash, changedAt: at } } }),
    },
    select: { id: true },
  });
  return ok(id);
}
