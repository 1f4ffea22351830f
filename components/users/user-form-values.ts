import type { UserView } from "#lib/users/view";
import { typedNames } from "./typed-names";

/** The fields of the form: what is wrong with one of them stands beside it. */
export const SHOWN = [
  "username",
  "displayName",
  "email",
  "password",
  "groups",
  "aliases",
  "usernames",
  "maintainers.users",
  "maintainers.groups",
] as const;

const ELSEWHERE = "usernames.";
export const elsewhere = (key: string) => `${ELSEWHERE}${key}`;

/**
 * What a form says, as the API takes it. What the form does not show is not sent, and so stays.
 * @param fresh a user who is being made: no password is none, and groups belong to the form
 */
export function readUserForm(data: FormData, kind: UserView["kind"], fresh: boolean): Record<string, unknown> {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  // not trimmed: blanks may be part of it
  const password = String(data.get("password") ?? "");
  const usernames = [...data.entries()].flatMap(([name, value]) =>
    name.startsWith(ELSEWHERE) && String(value).trim() !== ""
      ? [[name.slice(ELSEWHERE.length), String(value).trim()]]
      : [],
  );
  return {
    username: text("username"),
    displayName: text("displayName"),
    email: text("email") || null,
    aliases: typedNames(text("aliases")),
    usernames: Object.fromEntries(usernames),
    ...(fresh ? { groups: typedNames(text("groups")) } : {}),
    ...(fresh && kind === "person" && password !== "" ? { password } : {}),
    ...(kind === "service"
      ? {
          maintainers: { users: typedNames(text("maintainers.users")), groups: typedNames(text("maintainers.groups")) },
        }
      : {}),
  };
}
