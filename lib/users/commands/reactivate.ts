import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { id } from "#lib/fields";
import { lockUser, viewUser } from "#lib/users/store";

/** Lets a deactivated user back in; those of their tokens that have not ended meanwhile work again. */
export const reactivateUser = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockUser(tx, actor, id),
  allows: byRole("users.write", "Only administrators reactivate users."),
  perform: async ({ tx }, user) => {
    if (user.deactivatedAt === null) return ok({ output: await viewUser(tx, user.id), repeated: true });
    const data = { deactivatedAt: null, deactivatedBy: null, version: { increment: 1 } };
    await tx.user.update({ where: { id: user.id }, data, select: { id: true } });
    const detail = { before: { deactivatedAt: user.deactivatedAt.toISOString() }, after: { deactivatedAt: null } };
    const subject = { id: user.id, name: user.username };
    return ok({ output: await viewUser(tx, user.id), events: [{ action: "user.reactivated", subject, detail }] });
  },
  conflicts: {},
});
