import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { savedView } from "../view";
import { viewIdInput } from "../view-schema";

/** Forgets a view of one's own; anybody else's is not found. */
export const deleteView = defineCommand({
  input: viewIdInput,
  door: ["session", "token"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => {
    await tx.$executeRaw`SELECT id FROM saved_views WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.savedView.findFirst({ where: { id, ownerId: actor.userId } });
    return row === null ? refuse("not_found", "There is no such view of yours.") : ok(savedView(row));
  },
  allows: whoeverCame,
  perform: async ({ tx }, before, { id }) => {
    await tx.savedView.delete({ where: { id }, select: { id: true } });
    const subject = { id, name: before.name };
    return ok({
      output: before,
      events: [{ action: "view.deleted", subject, detail: { before, after: null } }],
    });
  },
  conflicts: {},
});
