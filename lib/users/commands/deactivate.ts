import { z } from "zod";
import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { voidClaims } from "#lib/tokens/store-claims";
import { lockUser, viewUser } from "#lib/users/store";

/** Nobody does this to their own account. `verb`: to deactivate, to delete. */
export const notOneself =
  (verb: string) =>
  (actor: Viewer, { id }: { readonly id: string }) =>
    "userId" in actor && actor.userId === id
      ? refuse("forbidden", `You cannot ${verb} yourself: ask another administrator.`)
      : ok(undefined);

/** Deactivates a user: their sessions end, their tokens stop at once and show as orphaned. Reversible. */
export const deactivateUser = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockUser(tx, actor, id),
  allows: inTurn(byRole("users.write", "Only administrators deactivate users."), notOneself("deactivate")),
  perform: async ({ tx, actor, now }, user) => {
    if (user.deactivatedAt !== null) return ok({ output: await viewUser(tx, user.id), repeated: true });
    const at = new Date(now);
    const sessions = await tx.session.updateMany({
      where: { userId: user.id, endedAt: null },
      data: { endedAt: at, endReason: "deactivated" },
    });
    const voided = await voidClaims(tx, { ownerId: user.id }, { actor, why: "the owner was deactivated", now });
    const data = { deactivatedAt: at, deactivatedBy: actorName(actor), version: { increment: 1 } };
    await tx.user.update({ where: { id: user.id }, data, select: { id: true } });
    const detail = {
      before: { deactivatedAt: null },
      after: { deactivatedAt: at.toISOString(), endedSessions: sessions.count },
    };
    const subject = { id: user.id, name: user.username };
    const event = { action: "user.deactivated" as const, subject, detail };
    return ok({ output: await viewUser(tx, user.id), events: [event, ...voided] });
  },
  conflicts: {},
});
