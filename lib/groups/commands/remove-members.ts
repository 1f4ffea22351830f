import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findUsers } from "#lib/commands/references";
import { ok } from "#lib/errors/error";
import { refOf } from "#lib/groups/group";
import { membersInput } from "#lib/groups/group-schema";
import { mayChangeMembers } from "#lib/groups/membership";
import { lockMembers, noteChange, viewGroup } from "#lib/groups/store";

/** Takes people out of a local group, with all that came with it; who is not in it stays out. */
export const removeMembers = defineCommand({
  input: membersInput,
  door: VIEWERS,
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockMembers(tx, actor, id),
  allows: mayChangeMembers,
  perform: async ({ tx }, group, input) => {
    const users = await findUsers(tx, input.users, "users");
    if (!users.ok) return users;
    const ids = users.value.map((user) => user.id);
    const there = await tx.membership.findMany({ where: { groupId: group.id, userId: { in: ids } } });
    const members = new Set(there.map((each) => each.userId));
    const removed = users.value.filter((user) => members.has(user.id));
    if (removed.length === 0) return ok({ output: await viewGroup(tx, group.id), repeated: true });
    await tx.membership.deleteMany({ where: { groupId: group.id, userId: { in: removed.map((user) => user.id) } } });
    await noteChange(tx, { id: { in: removed.map((user) => user.id) } });
    const detail = { before: { users: removed.map((user) => user.username) }, after: null };
    const subject = { id: group.id, name: refOf(group) };
    return ok({
      output: await viewGroup(tx, group.id),
      events: [{ action: "group.members-removed", subject, detail }],
    });
  },
  conflicts: {},
});
