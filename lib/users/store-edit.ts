import { isDeepStrictEqual } from "node:util";
import type { Performed } from "#lib/commands/command";
import { findGroups } from "#lib/commands/references";
import type { Transaction } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { LOCAL } from "#lib/groups/group";
import { localGroups, namesAfter } from "./editing";
import { foldName } from "./name";
import type { EditUserInput } from "./schema";
import { viewUser } from "./store";
import { maintainersNamed, usernamesIn } from "./store-links";
import { claimNames } from "./store-names";
import type { UserView } from "./view";

/** Writes username, display name, e-mail and aliases. @returns `already_exists` at the fields concerned */
export async function writeNames(tx: Transaction, before: UserView, input: EditUserInput): Promise<Result<undefined>> {
  const { username, others } = namesAfter(before, input);
  const aliases = await claimNames(tx, username, others, before.id);
  if (!aliases.ok) return aliases;
  await tx.userAlias.deleteMany({ where: { userId: before.id } });
  await tx.userAlias.createMany({ data: aliases.value.map((each) => ({ ...each, userId: before.id })) });
  const displayName = input.displayName ?? before.displayName;
  await tx.user.update({
    where: { id: before.id },
    data: {
      username: username.name,
      usernameKey: foldName(username.name),
      displayName: displayName === "" ? username.name : displayName,
      email: input.email === undefined ? before.email : input.email,
    },
    select: { id: true },
  });
  return ok(undefined);
}

/** Writes who maintains an account and what it is called elsewhere. @returns `invalid_input` at names of nothing */
export async function writeLinks(tx: Transaction, before: UserView, input: EditUserInput): Promise<Result<undefined>> {
  const accountId = before.id;
  if (input.maintainers !== undefined) {
    const links = await maintainersNamed(tx, input.maintainers);
    if (!links.ok) return links;
    await tx.maintainer.deleteMany({ where: { accountId } });
    await tx.maintainer.createMany({ data: links.value.map((link) => ({ ...link, accountId })) });
  }
  if (input.usernames !== undefined) {
    const names = await usernamesIn(tx, input.usernames);
    if (!names.ok) return names;
    await tx.userName.deleteMany({ where: { userId: before.id } });
    await tx.userName.createMany({ data: names.value.map((name) => ({ ...name, userId: before.id })) });
  }
  return ok(undefined);
}

/**
 * Puts somebody into exactly these local groups; who stays in one keeps since when and by whom.
 * @param by who does it, for the memberships
 */
export async function writeGroups(
  tx: Transaction,
  before: UserView,
  wanted: readonly string[],
  by: { readonly addedBy: string; readonly addedAt: Date },
): Promise<Result<undefined>> {
  const local = localGroups(before, wanted);
  if (!local.ok) return local;
  const groups = await findGroups(tx, local.value, "groups");
  if (!groups.ok) return groups;
  const ids = groups.value.map(({ id }) => id);
  const userId = before.id;
  await tx.membership.deleteMany({ where: { userId, group: { source: LOCAL }, groupId: { notIn: ids } } });
  const there = await tx.membership.findMany({ where: { userId, groupId: { in: ids } }, select: { groupId: true } });
  const kept = new Set(there.map(({ groupId }) => groupId));
  const added = ids.filter((groupId) => !kept.has(groupId));
  await tx.membership.createMany({ data: added.map((groupId) => ({ groupId, userId, ...by })) });
  return ok(undefined);
}

/** Counts an edit that has been written, and says what it was; one that changed nothing is a repetition. */
export async function countEdit(tx: Transaction, before: UserView): Promise<Performed<UserView>> {
  const written = await viewUser(tx, before.id);
  if (isDeepStrictEqual(written, before)) return { output: before, repeated: true };
  await tx.user.update({ where: { id: before.id }, data: { version: { increment: 1 } }, select: { id: true } });
  const after = { ...written, version: before.version + 1 };
  const subject = { id: after.id, name: after.username };
  return { output: after, events: [{ action: "user.edited", subject, detail: { before, after } }] };
}
