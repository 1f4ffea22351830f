import type { DelegationView } from "#lib/delegations/view";
import { limitsInWords } from "../policies/tier-words";

const POWERS = {
  issue: "issue tokens",
  end: "suspend, resume and revoke tokens",
  manage: "narrow tokens",
  approve: "approve requests",
} as const;

const listed = (names: readonly string[], last: string): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

/** *everybody and service accounts*, *members of ci* — whose tokens a delegation is about. */
export function scopeInWords({ everyone, groups, serviceAccounts }: DelegationView["scope"]): string {
  const parts = [
    ...(everyone ? ["everybody"] : []),
    ...(serviceAccounts ? ["service accounts"] : []),
    ...(groups.length > 0 ? [`members of ${listed(groups, "or")}`] : []),
  ];
  return parts.length === 0 ? "nobody" : listed(parts, "and");
}

/** The sentence of a delegation: who may do what for whom, and how far what it issues goes. */
export function delegationSentence({ delegates, powers, scope, issue, showSecret }: DelegationView): string {
  const who = delegates.length === 0 ? "Nobody" : `Members of ${listed(delegates, "or")}`;
  const what = `${who} may ${listed(
    powers.map((power) => POWERS[power]),
    "and",
  )} for ${scopeInWords(scope)}.`;
  if (!powers.includes("issue")) return what;
  return `${what} What they issue are tokens ${limitsInWords(issue)}.${showSecret ? " The secret is shown to them once." : ""}`;
}
