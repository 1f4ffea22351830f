import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { type Group, LOCAL, refOf } from "#lib/groups/group";
import { groupIdInput } from "#lib/groups/group-schema";
import { lockMembers, noteChange } from "#lib/groups/store";
import { readGroupUses } from "#lib/groups/store-uses";
import { usesInWords } from "#lib/groups/uses";
import { groupView } from "#lib/groups/view";

const isOurs = (_actor: unknown, { source }: Group) =>
  source === LOCAL
    ? ok(undefined)
    : refuse("forbidden", "This group comes from its directory. Delete it there, and it goes here too.");

/**
 * Deletes a local group that nothing names: a tier without its last group would match nobody, so such a group stays
 * until it is taken out there. Its members stay, without it. Refuses `not_found`, `forbidden`, `in_use`.
 */
export const deleteGroup = defineCommand({
  input: groupIdInput,
  door: VIEWERS,
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockMembers(tx, actor, id),
  allows: inTurn(byRole("groups.write", "Only administrators delete groups."), isOurs),
  perform: async ({ tx }, group, { id }) => {
    const uses = usesInWords(await readGroupUses(tx, id));
    if (uses.length > 0) {
      return refuse("in_use", `${group.name} is named by ${uses.join(", ")}. Take it out there first.`);
    }
    await noteChange(tx, { memberships: { some: { groupId: id } } });
    await tx.group.delete({ where: { id }, select: { id: true } });
    const before = groupView(group);
    const subject = { id, name: refOf(group) };
    return ok({ output: before, events: [{ action: "group.deleted", subject, detail: { before, after: null } }] });
  },
  conflicts: {},
});
