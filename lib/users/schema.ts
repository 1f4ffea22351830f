import { z } from "zod";
import { id, line, name, slug, version } from "#lib/fields";
import { groupRefs } from "#lib/groups/group-schema";
import { foldName } from "./name";

/** The username that Basic authentication accepts from everybody; nobody may be called so. */
const ANYBODY = "token";

/** Basic credentials split at the first colon (RFC 7617), and `token` stands for whoever owns the token. */
export const usernameField = name(255)
  .refine((text) => !text.includes(":"), "No colon: programs send name:token.")
  .refine((text) => !/\p{Cf}/u.test(text), "Leave out invisible characters.")
  .refine((text) => foldName(text) !== ANYBODY, "“token” stands for whoever owns a token; choose another.");

export const emailField = z.email("This is no e-mail address.").max(254, "Use at most 254 characters.");

const usernames = z.array(usernameField, "Name users by username.").max(50, "At most 50.");

/** Who manages and claims the tokens of a service account: usernames and group refs. */
const maintainers = z.strictObject({ users: usernames.default([]), groups: groupRefs.default([]) });

const nobody = ({ users, groups }: z.output<typeof maintainers>) => users.length === 0 && groups.length === 0;

/** Other names that somebody may have. */
export const MOST_ALIASES = 20;

const aliases = z.array(usernameField, "Send a list of names.").max(MOST_ALIASES, `At most ${MOST_ALIASES}.`);

/** The username by key of application, where it differs there. */
const namesElsewhere = z
  .record(slug, usernameField, "Send the username by key of application.")
  .refine((names) => Object.keys(names).length <= 50, "At most 50.");

/** What makes a local user; `source` and `externalId` belong to directories. Without a display name the username is shown. */
export const createUserInput = z
  .strictObject({
    username: usernameField,
    displayName: line(200).default(""),
    email: emailField.nullable().default(null),
    kind: z.enum(["person", "service"], "A user is a person or a service.").default("person"),
    groups: groupRefs.default([]),
    aliases: aliases.default([]),
    usernames: namesElsewhere.default({}),
    maintainers: maintainers.default({ users: [], groups: [] }),
    password: z.string("Write a password.").max(1024, "This is too long for a password.").optional(),
  })
  .refine(({ kind, password }) => kind === "person" || password === undefined, {
    path: ["password"],
    message: "A service account cannot sign in: it has no password, only tokens.",
  })
  .refine((user) => user.kind === "service" || nobody(user.maintainers), {
    path: ["maintainers"],
    message: "Only a service account has maintainers.",
  });

export type CreateUserInput = z.output<typeof createUserInput>;

/** Changes a user; what is left out stays. Lists are sent whole. */
export const editUserInput = z.strictObject({
  id,
  version,
  username: usernameField.exactOptional(),
  displayName: line(200).exactOptional(),
  email: emailField.nullable().exactOptional(),
  groups: groupRefs.exactOptional(),
  aliases: aliases.exactOptional(),
  usernames: namesElsewhere.exactOptional(),
  maintainers: maintainers.exactOptional(),
});

export type EditUserInput = z.output<typeof editUserInput>;

/** Changes one's own account; what is left out stays. */
export const editOwnInput = z.strictObject({
  version,
  displayName: line(200).exactOptional(),
  email: emailField.nullable().exactOptional(),
});

export type EditOwnInput = z.output<typeof editOwnInput>;

/** Names a user by their id. */
export const userIdInput = z.strictObject({ id });
