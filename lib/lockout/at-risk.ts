import type { CredentialClass, Exception, FilterRule } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { foldName } from "#lib/users/name";
import { FILTER_RULES, filterOf } from "#lib/verification/path-filter";

/** Senders of a class whom a change may turn away. Names are folded. */
export type AtRisk = {
  readonly class: CredentialClass;
  /** Those alone who claimed one of these names; null = all of the class. */
  readonly only: readonly string[] | null;
  /** Those who go on passing. */
  readonly except: readonly string[];
};

const CLASSES: readonly CredentialClass[] = ["password", "foreignBearer", "oauth1", "otherScheme", "none"];

const EVERYWHERE: Exception = { users: [], paths: [] };

/** One that names nothing is none. */
const named = (exception: Exception | undefined): Exception | null =>
  exception === undefined || exception.users.length + exception.paths.length === 0 ? null : exception;

/** Whether an exception holds wherever the other did. */
const holdsOn = (after: Exception, before: Exception): boolean =>
  after.paths.length === 0 || (before.paths.length > 0 && before.paths.every((path) => after.paths.includes(path)));

/** Who goes on passing by an exception wherever they passed before; null = all of them. */
function kept(after: Exception | null, before: Exception): readonly string[] | null {
  if (after === null || !holdsOn(after, before)) return [];
  return after.users.length === 0 ? null : after.users.map(foldName);
}

function ofClass(each: CredentialClass, before: Editable, after: Editable): AtRisk[] {
  if (after.rules[each] !== "block") return [];
  const blocked = before.rules[each] === "block";
  const was = blocked ? named(before.exceptions[each]) : EVERYWHERE;
  // Without an exception a class that was blocked did not pass: nobody is turned away.
  if (was === null) return [];
  const except = kept(named(after.exceptions[each]), was);
  if (except === null) return [];
  const only = was.users.length === 0 ? null : was.users.map(foldName).filter((user) => !except.includes(user));
  return only?.length === 0 ? [] : [{ class: each, only, except }];
}

/** Of which classes a change may turn senders away, and whom of each: new blocks, and exceptions that let less pass. */
export const sendersAtRisk = (before: Editable, after: Editable): AtRisk[] =>
  CLASSES.flatMap((each) => ofClass(each, before, after));

/** Filter rules that begin to block. */
export function rulesAtRisk(before: Editable, after: Editable): FilterRule[] {
  const [was, is] = [filterOf(before.pathFilter), filterOf(after.pathFilter)];
  return FILTER_RULES.filter((rule) => is[rule] === "block" && was[rule] !== "block");
}
