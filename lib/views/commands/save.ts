import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { foldName } from "#lib/users/name";
import { MOST_VIEWS, savedView } from "../view";
import { saveViewInput } from "../view-schema";

const FULL = `You keep ${MOST_VIEWS} views already. Delete one first.`;

/** Keeps a search of the token manager under a name, for whoever keeps it alone. Refuses `already_exists`, `invalid_input`. */
export const saveView = defineCommand({
  input: saveViewInput,
  door: ["session", "token"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }) => {
    // Of two that would be the last one, the second waits and counts the first.
    await tx.$executeRaw`SELECT id FROM users WHERE id = ${actor.userId}::uuid FOR NO KEY UPDATE`;
    const count = await tx.savedView.count({ where: { ownerId: actor.userId } });
    return count < MOST_VIEWS ? ok(undefined) : refuse("invalid_input", FULL, [{ path: "name", message: FULL }]);
  },
  allows: whoeverCame,
  perform: async ({ tx, actor, now }, _subject, { name, query }) => {
    const data = { ownerId: actor.userId, name, nameKey: foldName(name), query, createdAt: new Date(now) };
    const view = savedView(await tx.savedView.create({ data }));
    const subject = { id: view.id, name };
    return ok({
      output: view,
      events: [{ action: "view.saved", subject, detail: { before: null, after: view } }],
    });
  },
  conflicts: {
    saved_views_owner_id_name_key_key: {
      ...{ code: "already_exists", path: "name", detail: "You have a view of this name. Choose another one." },
    },
  },
});
