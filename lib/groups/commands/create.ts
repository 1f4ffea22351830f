import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { LOCAL } from "#lib/groups/group";
import { createGroupInput } from "#lib/groups/group-schema";
import { viewGroup } from "#lib/groups/store";

/** Makes a local group, empty; with `role`, whoever will be in it has that role in the portal. */
export const createGroup = defineCommand({
  input: createGroupInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("groups.write", "Only administrators make groups."),
  perform: async ({ tx, actor, now }, _subject, { name, role }) => {
    const at = new Date(now);
    const mapping = role === null ? {} : { role: { create: { role, mappedAt: at, mappedBy: actorName(actor) } } };
    const { id } = await tx.group.create({
      data: { name, externalId: name, source: LOCAL, createdAt: at, ...mapping },
      select: { id: true },
    });
    const group = await viewGroup(tx, id);
    const detail = { before: null, after: group };
    return ok({ output: group, events: [{ action: "group.created", subject: { id, name: group.ref }, detail }] });
  },
  conflicts: {
    groups_source_external_id_key: { code: "already_exists", path: "name", detail: "There is a group of this name." },
  },
});
