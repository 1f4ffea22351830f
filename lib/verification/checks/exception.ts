import type { CredentialClass } from "#lib/applications/application";
import { foldName } from "#lib/users/name";
import { usernameIn } from "../basic";
import type { Case } from "../case";
import { overridesUrl } from "../overrides";
import { matches, type Pattern } from "../pattern";
import { brokenRule, otherReadings } from "../readings";

/**
 * The name that a Basic password came with, as it came: what is recorded of it may be redacted. What stands in a query or
 * a body could be another's, or two.
 */
function isNamed(users: ReadonlySet<string>, { credential }: Case): boolean {
  const name = credential.kind === "foreign" ? usernameIn(credential.authorization) : null;
  return name !== null && users.has(foldName(name));
}

/** Every reading of the path is on the list, and nothing asks the upstream to take another one. */
function isOn(paths: readonly Pattern[], c: Case): boolean {
  const within = (segments: readonly string[]) =>
    brokenRule(segments) === null && paths.some((pattern) => matches(pattern, segments, c.depth));
  const others = otherReadings(c.target);
  return within(c.target.segments) && others?.every(within) === true && !overridesUrl(c.request);
}

/** What of the exception this request is, as the application writes it: *legacy.bot on /rest/api/2/myself*. */
export function exceptionInWords(c: Case, kind: CredentialClass): string {
  const { users = [], paths = [] } = c.known.application.exceptions[kind] ?? {};
  const compiled = c.known.exceptions[kind]?.paths ?? [];
  const user = users.find((each) => isNamed(new Set([foldName(each)]), c));
  const path = paths.find((_, at) => compiled[at] !== undefined && matches(compiled[at], c.target.segments, c.depth));
  return [user, path === undefined ? undefined : `on ${path}`].filter((part) => part !== undefined).join(" ");
}

/**
 * Whether a credential that is not ours, of a class that the application blocks, may pass all the same: its exception
 * names the user, or the path, or both; then both must hold.
 * @param isLogin the password is in the body, and so is the name that counts
 */
export function isExcepted(c: Case, kind: CredentialClass, isLogin: boolean): boolean {
  const exception = c.known.exceptions[kind];
  if (exception === undefined) return false;
  const { users, paths } = exception;
  return (users === null || (!isLogin && isNamed(users, c))) && (paths === null || isOn(paths, c));
}
