import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { type Group, LOCAL, refOf } from "#lib/groups/group";
import { type EditGroupInput, editGroupInput } from "#lib/groups/group-schema";
import { lockMembers, viewGroup } from "#lib/groups/store";
import { groupView } from "#lib/groups/view";

const nameIsOurs = (_actor: unknown, group: Group & { readonly version: number }, { name }: EditGroupInput) =>
  group.source === LOCAL || name === undefined || name === group.name
    ? ok(undefined)
    : refuse("forbidden", "This group comes from its directory. Rename it there.");

async function mapRole(
  tx: Transaction,
  groupId: string,
  role: "admin" | "auditor" | null,
  by: { mappedAt: Date; mappedBy: string },
) {
  if (role === null) await tx.roleMapping.deleteMany({ where: { groupId } });
  else await tx.roleMapping.upsert({ where: { groupId }, create: { groupId, role, ...by }, update: { role, ...by } });
}

/**
 * Renames a local group, or maps any group to a role: its members have that role from then on, at their next request.
 * What names the group keeps naming it. Refuses `not_found`, `forbidden`, `stale`, `already_exists`, `last_admin`.
 */
export const editGroup = defineCommand({
  input: editGroupInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockMembers(tx, actor, id),
  allows: inTurn(byRole("groups.write", "Only administrators change groups."), notStale("group"), nameIsOurs),
  perform: async ({ tx, actor, now }, group, { id, name = group.name, role: wanted }) => {
    const before = groupView(group);
    const mapped = wanted !== undefined && wanted !== before.role;
    if (name === before.name && !mapped) return ok({ output: before, repeated: true });
    if (mapped) await mapRole(tx, id, wanted, { mappedAt: new Date(now), mappedBy: actorName(actor) });
    const named = group.source === LOCAL ? { name, externalId: name } : {};
    await tx.group.update({ where: { id }, data: { ...named, version: { increment: 1 } }, select: { id: true } });
    const after = await viewGroup(tx, id);
    const subject = { id, name: refOf(after) };
    return ok({ output: after, events: [{ action: "group.edited", subject, detail: { before, after } }] });
  },
  conflicts: {
    groups_source_external_id_key: { code: "already_exists", path: "name", detail: "There is a group of this name." },
  },
});
