import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok } from "#lib/errors/error";
import { mayBecome } from "#lib/users/editing";
import { type EditUserInput, editUserInput } from "#lib/users/schema";
import { lockUser, viewUser } from "#lib/users/store";
import { countEdit, writeGroups, writeLinks, writeNames } from "#lib/users/store-edit";
import type { UserView } from "#lib/users/view";
import { NAME_CONFLICTS } from "./create-admin";

/** Only what changes is written: a new display name moves no membership, and the other way round. */
async function write(tx: Transaction, before: UserView, input: EditUserInput, by: { addedBy: string; addedAt: Date }) {
  const { username, displayName, email, aliases, groups } = input;
  if ([username, displayName, email, aliases].some((each) => each !== undefined)) {
    const named = await writeNames(tx, before, input);
    if (!named.ok) return named;
  }
  const linked = await writeLinks(tx, before, input);
  if (!linked.ok) return linked;
  return groups === undefined ? ok(undefined) : writeGroups(tx, before, groups, by);
}

/**
 * Changes a user: their names, groups, usernames elsewhere, maintainers. Step-up, because groups give power, and names
 * say whose token a request carries. Refuses `not_found`, `forbidden`, `stale`, `already_exists`, `last_admin`.
 */
export const editUser = defineCommand({
  input: editUserInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const locked = await lockUser(tx, actor, id);
    return locked.ok ? ok(await viewUser(tx, id)) : locked;
  },
  allows: inTurn(
    byRole("users.write", "Only administrators change users."),
    notStale("user"),
    (_actor: Viewer, before: UserView, input: EditUserInput) => mayBecome(before, input),
  ),
  perform: async ({ tx, actor, now }, before, input) => {
    const done = await write(tx, before, input, { addedBy: actorName(actor), addedAt: new Date(now) });
    if (!done.ok) return done;
    return ok(await countEdit(tx, before));
  },
  conflicts: NAME_CONFLICTS,
});
