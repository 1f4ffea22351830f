import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { userIdInput } from "#lib/users/schema";
import { lockUser, viewUser } from "#lib/users/store";
import { readTraces } from "#lib/users/store-traces";
import { tracesInWords } from "#lib/users/traces";
import { notOneself } from "./deactivate";

/**
 * Deletes a user who was made by mistake: who has done anything, or in whose name anything was done, is deactivated
 * instead, so that the past keeps its names. Refuses `not_found`, `forbidden`, `in_use`, `last_admin`.
 */
export const deleteUser = defineCommand({
  input: userIdInput,
  door: VIEWERS,
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockUser(tx, actor, id),
  allows: inTurn(byRole("users.write", "Only administrators delete users."), notOneself("delete")),
  perform: async ({ tx }, { id, username }) => {
    const traces = tracesInWords(await readTraces(tx, id));
    if (traces.length > 0) {
      return refuse("in_use", `${username} has a history: ${traces.join(", ")}. Deactivate the account instead.`);
    }
    const before = await viewUser(tx, id);
    await tx.user.delete({ where: { id }, select: { id: true } });
    const subject = { id, name: username };
    return ok({ output: before, events: [{ action: "user.deleted", subject, detail: { before, after: null } }] });
  },
  conflicts: {},
});
