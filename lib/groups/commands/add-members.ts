import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findUsers } from "#lib/commands/references";
import { ok } from "#lib/errors/error";
import { refOf } from "#lib/groups/group";
import { membersInput } from "#lib/groups/group-schema";
import { mayChangeMembers } from "#lib/groups/membership";
import { lockMembers, noteChange, viewGroup } from "#lib/groups/store";

/** Adds people to a local group, with the rights that come with it; who is in it already stays. */
export const addMembers = defineCommand({
  input: membersInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockMembers(tx, actor, id),
  allows: mayChangeMembers,
  perform: async ({ tx, actor, now }, group, input) => {
    const users = await findUsers(tx, input.users, "users");
    if (!users.ok) return users;
    const ids = users.value.map((user) => user.id);
    const there = await tx.membership.findMany({ where: { groupId: group.id, userId: { in: ids } } });
    const members = new Set(there.map((each) => each.userId));
    const added = users.value.filter((user) => !members.has(user.id));
    if (added.length === 0) return ok({ output: await viewGroup(tx, group.id), repeated: true });
    const by = { addedAt: new Date(now), addedBy: actorName(actor) };
    await tx.membership.createMany({ data: added.map((user) => ({ groupId: group.id, userId: user.id, ...by })) });
    await noteChange(tx, { id: { in: added.map((user) => user.id) } });
    const detail = { before: null, after: { users: added.map((user) => user.username) } };
    const subject = { id: group.id, name: refOf(group) };
    return ok({ output: await viewGroup(tx, group.id), events: [{ action: "group.members-added", subject, detail }] });
  },
  conflicts: {},
});
