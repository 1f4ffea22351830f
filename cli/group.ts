import { addMembers } from "#lib/groups/commands/add-members";
import { createGroup } from "#lib/groups/commands/create";
import { deleteGroup } from "#lib/groups/commands/delete";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { groupByRef, groupsQuery, listGroups } from "#lib/groups/queries";
import { readBody } from "./input";
import { field, JSON_BODY, needed, optional, repeated, required } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

const membership = { name: required("G", "the group"), user: needed(repeated("NAME", "who")) };

export const group = {
  create: verb({
    about: "Make a local group, empty",
    options: { name: field(optional("G", "its name")), json: JSON_BODY },
    run: async ({ json, ...given }, desk) => desk.run(createGroup, await readBody(json, given)),
  }),
  list: list("The groups", groupsQuery, listGroups),
  delete: verb({
    about: "Delete a local group that nothing names",
    options: { name: required("G", "the group") },
    run: ({ name }, desk) => desk.runOn(deleteGroup, (viewer) => groupByRef(viewer, name)),
  }),
  add: verb({
    about: "Put users into a local group",
    options: membership,
    run: ({ name, user: users }, desk) => desk.runOn(addMembers, (viewer) => groupByRef(viewer, name), { users }),
  }),
  remove: verb({
    about: "Take users out of a local group",
    options: membership,
    run: ({ name, user: users }, desk) => desk.runOn(removeMembers, (viewer) => groupByRef(viewer, name), { users }),
  }),
};
