import { steppedUp } from "#lib/access/step-up";
import type { SessionViewer } from "#lib/access/viewer";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { inTurn, notStale } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { mayBecome, namesLeft } from "#lib/users/editing";
import { type EditOwnInput, editOwnInput } from "#lib/users/schema";
import { viewUser } from "#lib/users/store";
import { countEdit, writeNames } from "#lib/users/store-edit";
import type { UserView } from "#lib/users/view";
import { NAME_CONFLICTS } from "./create-admin";

/** An e-mail address is a name by which requests say whose token they carry: it changes only in the presence of its owner. */
const present = (actor: SessionViewer, before: UserView, { email }: EditOwnInput, now: number) =>
  email === undefined || email === before.email ? ok(undefined) : steppedUp(actor, now);

/**
 * Changes one's own display name and e-mail address, where no directory delivers them. In a session only: a token never
 * changes who its owner is. Refuses `forbidden`, `stale`, `step_up_required`, `already_exists`, `quota_exceeded`.
 */
export const editOwnAccount = defineCommand({
  input: editOwnInput,
  door: ["session"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor: { userId } }) => {
    await tx.$executeRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    return ok(await viewUser(tx, userId));
  },
  allows: inTurn(
    notStale("account"),
    (_actor: SessionViewer, before: UserView, { version, ...changes }: EditOwnInput) =>
      mayBecome(before, { id: before.id, version, ...changes }),
    (_actor: SessionViewer, before: UserView, input: EditOwnInput) => namesLeft(before, input),
    present,
  ),
  perform: async ({ tx }, before, { version, ...changes }) => {
    const { displayName = before.displayName, email = before.email } = changes;
    if (displayName === before.displayName && email === before.email) return ok({ output: before, repeated: true });
    const named = await writeNames(tx, before, { id: before.id, version, ...changes });
    if (!named.ok) return named;
    return ok(await countEdit(tx, before));
  },
  conflicts: NAME_CONFLICTS,
});
