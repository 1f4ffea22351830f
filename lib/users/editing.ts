import { type FieldError, ok, type Result, refuse } from "#lib/errors/error";
import { LOCAL, parseRef } from "#lib/groups/group";
import type { WantedName } from "./name";
import { type EditOwnInput, type EditUserInput, MOST_ALIASES } from "./schema";
import type { UserView } from "./view";

const DELIVERED = ["username", "displayName", "email"] as const;

/**
 * Whether these changes can be made to this user at all: a directory's names are changed there, and only a service
 * account has maintainers.
 * @returns `forbidden` or `invalid_input` at the fields concerned
 */
export function mayBecome(before: UserView, input: EditUserInput): Result<undefined> {
  const foreign =
    before.source === LOCAL
      ? []
      : DELIVERED.filter((field) => input[field] !== undefined && input[field] !== before[field]);
  if (foreign.length > 0) {
    const message = `This comes from the directory ${before.source}. Change it there.`;
    return refuse(
      "forbidden",
      message,
      foreign.map((path) => ({ path, message })),
    );
  }
  const { users = [], groups = [] } = input.maintainers ?? {};
  if (before.kind === "person" && users.length + groups.length > 0) {
    const message = "Only a service account has maintainers.";
    return refuse("invalid_input", message, [{ path: "maintainers", message }]);
  }
  return ok(undefined);
}

/**
 * The names by which somebody is known after an edit. A former username stays theirs, as an alias, so that scripts that
 * send it go on where an application allows aliases; so does a former e-mail address until it is taken out of the list.
 */
export function namesAfter(before: UserView, input: EditUserInput): { username: WantedName; others: WantedName[] } {
  const username = input.username ?? before.username;
  const email = input.email === undefined ? before.email : input.email;
  const kept = (input.aliases ?? before.aliases).map((name, index) => ({ name, path: `aliases.${index}` }));
  return {
    username: { name: username, path: "username" },
    others: [
      ...(email === null ? [] : [{ name: email, path: "email" }]),
      ...kept,
      ...(username === before.username ? [] : [{ name: before.username, path: "username" }]),
    ],
  };
}

/**
 * Whether somebody may give themselves one more e-mail address: those that they had stay theirs, so that nobody
 * gathers names without end.
 * @returns `quota_exceeded`; an administrator takes some away
 */
export function namesLeft(before: UserView, { email }: EditOwnInput): Result<undefined> {
  const known = [...before.aliases, before.email, before.username].some((name) => name !== null && name === email);
  if (email === undefined || email === null || known || before.aliases.length < MOST_ALIASES) return ok(undefined);
  const message = `You have ${MOST_ALIASES} other names already. Ask an administrator to take some away.`;
  return refuse("quota_exceeded", message, [{ path: "email", message }]);
}

/**
 * Which local groups somebody is to be in, from the whole list. A directory's groups in it change nothing: they may be
 * sent back as they were read, neither more nor fewer.
 * @returns `invalid_input` at the first group whose members its directory decides
 */
export function localGroups(before: UserView, wanted: readonly string[]): Result<string[]> {
  const isLocal = (ref: string) => parseRef(ref).source === LOCAL;
  const error = (ref: string, path: string): FieldError => ({
    path,
    message: `Who is in ${ref} its directory says. Change it there.`,
  });
  const errors = [
    ...wanted.flatMap((ref, at) => (isLocal(ref) || before.groups.includes(ref) ? [] : [error(ref, `groups.${at}`)])),
    ...before.groups.flatMap((ref) => (isLocal(ref) || wanted.includes(ref) ? [] : [error(ref, "groups")])),
  ];
  return errors.length > 0 ? refuse("invalid_input", errors[0]?.message ?? "", errors) : ok(wanted.filter(isLocal));
}
