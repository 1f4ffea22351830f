import type { Command } from "commander";
import type { CliViewer } from "#lib/access/viewer";
import { ok, type Result } from "#lib/errors/error";
import { bodyOf } from "./body";
import { Misuse } from "./misuse";
import { type Options, repeated, required, said, textAt, textOf, textsOf, withBody } from "./options";
import { perform } from "./run";
import { readPassword } from "./stdin";

async function createAdmin(options: Options): Promise<void> {
  required(options, "username");
  const password = await readPassword();
  const { createAdmin: command } = await import("#lib/users/commands/create-admin");
  const { userById } = await import("#lib/users/queries");
  const input = said({ username: options.username, email: options.email, password });
  await perform(command, input, options, (viewer, { id }) => userById(viewer, id));
}

async function createUser(options: Options): Promise<void> {
  if (options.passwordStdin && options.json === "-") {
    throw new Misuse("Both the body and the password cannot come on stdin: put one of them into a file.");
  }
  const password = options.passwordStdin ? await readPassword() : undefined;
  const { createUser: command } = await import("#lib/users/commands/create");
  const { username, displayName, email, kind } = options;
  const fields = { username, displayName, email, kind, groups: textsOf(options, "group"), password };
  await perform(command, await bodyOf(options, ["username"], fields), options);
}

/** Finds the id that a username stands for. */
async function userNamed(options: Options) {
  const { userByName } = await import("#lib/users/queries");
  return async (viewer: CliViewer): Promise<Result<object>> => {
    const user = await userByName(viewer, textAt(options, "username"));
    return user.ok ? ok({ id: user.value.id }) : user;
  };
}

async function deactivate(options: Options): Promise<void> {
  required(options, "username");
  const { deactivateUser } = await import("#lib/users/commands/deactivate");
  await perform(deactivateUser, await userNamed(options), options);
}

async function reactivate(options: Options): Promise<void> {
  required(options, "username");
  const { reactivateUser } = await import("#lib/users/commands/reactivate");
  await perform(reactivateUser, await userNamed(options), options);
}

async function createGroup(options: Options): Promise<void> {
  const { createGroup: command } = await import("#lib/groups/commands/create");
  await perform(command, await bodyOf(options, ["name"], said({ name: options.name, role: options.role })), options);
}

async function changeMembers(options: Options, adding: boolean): Promise<void> {
  required(options, "name", "user");
  const { groupByRef } = await import("#lib/groups/queries");
  const raw = async (viewer: CliViewer): Promise<Result<object>> => {
    const group = await groupByRef(viewer, textOf(options, "name") ?? "");
    return group.ok ? ok({ id: group.value.id, users: textsOf(options, "user") }) : group;
  };
  if (adding) await perform((await import("#lib/groups/commands/add-members")).addMembers, raw, options);
  else await perform((await import("#lib/groups/commands/remove-members")).removeMembers, raw, options);
}

/** `admin`, `user` and `group`. */
export function addPeople(program: Command): void {
  const admin = program.command("admin").description("administrators of the portal");
  admin
    .command("create")
    .description("make an administrator; the password comes on stdin")
    .option("--username <name>")
    .option("--email <address>")
    .action(createAdmin);

  const user = program.command("user").description("people and service accounts");
  withBody(user.command("create").description("make a person or a service account"))
    .option("--username <name>")
    .option("--display-name <name>")
    .option("--email <address>")
    .option("--kind <kind>", "person or service")
    .addOption(repeated("--group <group>", "a group to be in"))
    .option("--password-stdin", "the password comes on stdin")
    .action(createUser);
  user.command("deactivate").option("--username <name>").action(deactivate);
  user.command("reactivate").option("--username <name>").action(reactivate);

  const group = program.command("group").description("groups and their members");
  withBody(group.command("create").description("make a local group"))
    .option("--name <name>")
    .option("--role <role>", "map it to the role admin or auditor")
    .action(createGroup);
  for (const [verb, adding] of [["add", true] as const, ["remove", false] as const]) {
    group
      .command(verb)
      .option("--name <group>")
      .addOption(repeated("--user <name>", "a user"))
      .action((options: Options) => changeMembers(options, adding));
  }
}
