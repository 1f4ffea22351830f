import { ok, refuse } from "#lib/errors/error";
import { resetFactors } from "#lib/factors/commands/reset";
import { createUser } from "#lib/users/commands/create";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { deleteUser } from "#lib/users/commands/delete";
import { editUser } from "#lib/users/commands/edit";
import { reactivateUser } from "#lib/users/commands/reactivate";
import { setPassword } from "#lib/users/commands/set-password";
import { listUsers, userByName, usersQuery } from "#lib/users/queries";
import { readBody, readSecret } from "./input";
import { field, flag, JSON_BODY, oneOf, optional, repeated, required } from "./option";
import { PAGE, queryOf } from "./paging";
import { verb } from "./verb";

const who = { username: required("NAME", "who") };

export const user = {
  create: verb({
    about: "Make a person or a service account",
    options: {
      username: field(optional("NAME", "the name that programs send")),
      displayName: optional("N", "the name that people see"),
      email: optional("E", "e-mail address"),
      kind: optional("person|service", "preset: person", oneOf(["person", "service"])),
      group: repeated("G", "a local group to be in"),
      passwordStdin: flag("read a password for the portal from stdin"),
      json: JSON_BODY,
    },
    run: async ({ json, group: groups, passwordStdin, ...given }, desk) => {
      if (passwordStdin && json === "-")
        return refuse("malformed", "Only one thing can come on stdin: put the JSON into a file.");
      const password = passwordStdin ? await readSecret(`The password for ${given.username ?? "the user"}`) : null;
      if (password?.ok === false) return password;
      return desk.run(createUser, await readBody(json, { ...given, groups, password: password?.value }));
    },
  }),
  list: verb({
    about: "Users, page by page",
    options: {
      kind: optional("person|service", "only these", oneOf(["person", "service"])),
      status: optional("active|deactivated", "only these", oneOf(["active", "deactivated"])),
      role: repeated("R", "with this role: admin, auditor or user", oneOf(["admin", "auditor", "user"])),
      group: repeated("G", "in this group"),
      maintainer: optional("none", "service accounts that nobody active maintains", oneOf(["none"])),
      ...PAGE,
    },
    run: async (given, desk) => {
      const query = queryOf(usersQuery, given);
      return query.ok ? desk.ask((viewer) => listUsers(viewer, query.value)) : query;
    },
  }),
  edit: verb({
    about: "Change a user; what is left out stays",
    options: {
      ...who,
      newUsername: optional("NAME", "another username; the old one becomes an alias"),
      displayName: optional("N", "the name that people see"),
      email: optional("E", "e-mail address"),
      json: JSON_BODY,
    },
    run: async ({ username, newUsername, json, ...given }, desk) => {
      const body = await readBody(json, { ...given, username: newUsername });
      if (!body.ok) return body;
      const found = await desk.ask((viewer) => userByName(viewer, username));
      if (!found.ok) return found;
      const { id, version } = found.value;
      return desk.run(editUser, ok({ version, ...body.value, id }));
    },
  }),
  delete: verb({
    about: "Delete a user with whom nothing was ever done",
    options: who,
    run: ({ username }, desk) => desk.runOn(deleteUser, (viewer) => userByName(viewer, username)),
  }),
  deactivate: verb({
    about: "Stop a user and their tokens at once; reversible",
    options: who,
    run: ({ username }, desk) => desk.runOn(deactivateUser, (viewer) => userByName(viewer, username)),
  }),
  reactivate: verb({
    about: "Let a deactivated user back in",
    options: who,
    run: ({ username }, desk) => desk.runOn(reactivateUser, (viewer) => userByName(viewer, username)),
  }),
  "set-password": verb({
    about: "Give a person a new password, which comes on stdin; they are signed out everywhere",
    options: { ...who, passwordStdin: flag("read the password from stdin; without it, too") },
    run: async ({ username }, desk) => {
      const password = await readSecret(`The new password for ${username}`);
      if (!password.ok) return password;
      return desk.runOn(setPassword, (viewer) => userByName(viewer, username), { password: password.value });
    },
  }),
  "reset-factors": verb({
    about: "Take every second factor from who lost theirs; they are signed out everywhere",
    options: who,
    run: ({ username }, desk) => desk.runOn(resetFactors, (viewer) => userByName(viewer, username)),
  }),
};
