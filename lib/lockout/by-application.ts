import type { CredentialClass, Exception } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { foldName } from "#lib/users/name";
import { filterOf } from "#lib/verification/path-filter";
import { classInWords } from "./class-words";
import { type Foreseen, type Loss, lossOf } from "./lockout";
import { unrecordedOf } from "./unrecorded";

/** What came to an application in that time. */
export type ApplicationFacts = {
  /** Requests that passed, by what came with them: `token`, or a class of what is not ours. */
  readonly passed: ReadonlyMap<string, number>;
  /** Who sent what is not ours and passed, where that is recorded: names are claimed, and empty where none was. */
  readonly senders: readonly { readonly class: string; readonly claimedName: string; readonly address: string }[];
  /** Tokens whose requests a filter rule recognised and let pass. */
  readonly recognised: readonly { readonly rule: string; readonly token: string }[];
};

const CLASSES: readonly CredentialClass[] = ["password", "foreignBearer", "oauth1", "otherScheme", "none"];

const same = (one: Exception | undefined, other: Exception | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Whether an exception surely lets a sender pass: one that names users alone asks nothing else. */
function surelyPasses(exception: Exception | undefined, claimedName: string): boolean {
  if (exception === undefined || exception.paths.length > 0) return false;
  return exception.users.some((user) => foldName(user) === foldName(claimedName));
}

/** Senders of a class that passed and would be refused: each name once, and each address without a name. */
function turnedAway(each: CredentialClass, { exceptions }: Editable, { senders }: ApplicationFacts): string[] {
  const found = senders.filter(
    (sender) => sender.class === each && !surelyPasses(exceptions[each], sender.claimedName),
  );
  return [...new Set(found.map(({ claimedName, address }) => claimedName || address))];
}

function classLost(each: CredentialClass, before: Editable, after: Editable, facts: ApplicationFacts): Loss[] {
  if (after.rules[each] !== "block") return [];
  const was = before.rules[each];
  if (was === "block" && same(before.exceptions[each], after.exceptions[each])) return [];
  const exception = after.exceptions[each];
  const unless = exception !== undefined && exception.paths.length > 0 ? ", except on the paths of its exception" : "";
  if (was === "allow") {
    const requests = facts.passed.get(each) ?? 0;
    return lossOf(requests, `requests passed with ${classInWords(each)}; the same would be refused${unless}`);
  }
  const names = turnedAway(each, after, facts);
  const by = was === "block" ? " by the exception" : "";
  const what = `${names.length === 1 ? "sender" : "senders"} passed${by} with ${classInWords(each)} and would be refused${unless}:`;
  return lossOf(names.length, what, names);
}

/** Tokens that a filter rule recognises and from now on refuses. */
function filterLost(before: Editable, after: Editable, { recognised }: ApplicationFacts): Loss[] {
  const [was, is] = [filterOf(before.pathFilter), filterOf(after.pathFilter)];
  const tightened = recognised.filter(
    ({ rule }) => (is as Record<string, string>)[rule] === "block" && (was as Record<string, string>)[rule] !== "block",
  );
  const tokens = [...new Set(tightened.map(({ token }) => token))];
  const what = `${tokens.length === 1 ? "token" : "tokens"} sent what a filter rule recognised and would refuse:`;
  return lossOf(tokens.length, what, tokens);
}

/** No host of today leads there any more: whoever comes as today finds nothing. */
function routesLost(before: Editable, after: Editable, { passed }: ApplicationFacts): Loss[] {
  const kept = before.routes.some((was) =>
    after.routes.some((is) => is.host === was.host && is.context === was.context),
  );
  const requests = [...passed.values()].reduce((sum, each) => sum + each, 0);
  return lossOf(
    kept ? 0 : requests,
    "requests passed under hosts that it shall no longer have; the same would be refused",
  );
}

/** Whom a change of an application would turn away, as far as it was recorded who comes. */
export function byApplication(before: Editable, after: Editable, facts: ApplicationFacts): Foreseen {
  return {
    losses: [
      ...routesLost(before, after, facts),
      ...CLASSES.flatMap((each) => classLost(each, before, after, facts)),
      ...filterLost(before, after, facts),
    ],
    unknown: unrecordedOf(before, after, facts.passed),
  };
}
