import { addMembers } from "#lib/groups/commands/add-members";
import { createGroup } from "#lib/groups/commands/create";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { groupByRef } from "#lib/groups/queries";
import { readBody } from "./input";
import { field, JSON_BODY, needed, optional, repeated, required } from "./option";
import { verb } from "./verb";

const membership = { name: required("G", "the group"), user: needed(repeated("NAME", "who")) };

export const group = {
  create: verb({
    about: "Make a local group, empty",
    options: { name: field(optional("G", "its name")), json: JSON_BODY },
    run: async ({ json, ...given }, desk) => desk.run(createGroup, await readBody(json, given)),
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
