import { z } from "zod";
import { actorName } from "#lib/access/actor-name";
import { keepsAdministrator, withoutPeople } from "#lib/access/administrators";
import { can } from "#lib/access/can";
import { lockAdministration } from "#lib/access/store";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { lockUser, viewUser } from "#lib/users/store";

/** Deactivates a user: their sessions end, their tokens stop at once and show as orphaned. Reversible. */
export const deactivateUser = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: false,
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    const administration = await lockAdministration(tx);
    const user = await lockUser(tx, actor, id);
    return user.ok ? ok({ user: user.value, administration }) : user;
  },
  allows: (actor, { user, administration }) => {
    if (!can(actor, "users.write")) return refuse("forbidden", "Only administrators deactivate users.");
    if (user.deactivatedAt !== null) return ok(undefined);
    const kept = keepsAdministrator(administration, withoutPeople(administration, [user.id]));
    if (!kept.ok) return kept;
    return "userId" in actor && actor.userId === user.id
      ? refuse("forbidden", "You cannot deactivate yourself: ask another administrator.")
      : ok(undefined);
  },
  perform: async ({ tx, actor, now }, { user }) => {
    if (user.deactivatedAt !== null) return ok({ output: await viewUser(tx, user.id), repeated: true });
    const at = new Date(now);
    const sessions = await tx.session.updateMany({
      where: { userId: user.id, endedAt: null },
      data: { endedAt: at, endReason: "deactivated" },
    });
    const data = { deactivatedAt: at, deactivatedBy: actorName(actor), version: { increment: 1 } };
    await tx.user.update({ where: { id: user.id }, data, select: { id: true } });
    const detail = {
      before: { deactivatedAt: null },
      after: { deactivatedAt: at.toISOString(), endedSessions: sessions.count },
    };
    const subject = { id: user.id, name: user.username };
    return ok({ output: await viewUser(tx, user.id), events: [{ action: "user.deactivated", subject, detail }] });
  },
  conflicts: {},
});
