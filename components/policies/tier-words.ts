import type { Limits } from "#lib/policies/limits";
import type { PolicyView } from "#lib/policies/view";

const listed = (names: readonly string[], last: string): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

const number = (count: number): string => count.toLocaleString("en");

/** Whom a tier names: *in jira-developers or release-engineering*, *everyone*; at most three groups by name. */
export function membersInWords({ everyone, groups, serviceAccounts }: PolicyView["members"]): string {
  const [named, rest] = [groups.slice(0, 3), groups.length - 3];
  const parts = [
    ...(named.length > 0 ? [`in ${listed(rest > 0 ? [...named, `${rest} more groups`] : named, "or")}`] : []),
    ...(everyone ? ["everybody"] : []),
    ...(serviceAccounts ? ["service accounts"] : []),
  ];
  return parts.length === 0 ? "nobody" : listed(parts, "and");
}

export const lifetimeInWords = (days: number | null): string =>
  days === null ? "without an end" : `for up to ${days === 1 ? "1 day" : `${number(days)} days`}`;

/** What limits say, as a tier's sentence goes on: *that read and write, for up to 90 days; only from vpn*. */
export function limitsInWords(limits: Limits): string {
  const { access, maxLifetimeDays, ranges, applications, approval } = limits;
  return [
    `that ${access === "write" ? "read and write" : "only read"}`,
    ...(applications === "all" ? [] : [` ${listed(applications, "and")}`]),
    `, ${lifetimeInWords(maxLifetimeDays)}`,
    ...(ranges.length > 0 ? [`, only from ${listed(ranges.slice(0, 3), "or")}`] : []),
    ...(limits.maxRatePerMinute === null ? [] : [`; up to ${number(limits.maxRatePerMinute)} requests a minute`]),
    ...(limits.requireRanges ? ["; each must name its addresses"] : []),
    ...(approval === "never" ? [] : ["; some need approval"]),
  ].join("");
}

/** The sentence of a tier after its name and members. */
export function tierSentence({ use, create, own, ceiling, selfRotate }: PolicyView): string {
  if (!use) return "may not use tokens at all.";
  const over = ceiling === null ? "" : " A ceiling holds every token they have.";
  if (create === "no" || own === null) return `may use tokens that others give them; they make none themselves.${over}`;
  const rotate = selfRotate ? " Tokens may rotate themselves." : "";
  return `may make tokens ${limitsInWords(own)}.${rotate}${over}`;
}

/** *Applies to 644 of 698 members; 54 are caught above.* */
export function reachInWords({ applies, members }: { applies: number; members: number }): string {
  const caught = members - applies;
  const all = `Applies to ${number(applies)} of ${number(members)} ${members === 1 ? "member" : "members"}`;
  return caught === 0 ? `${all}.` : `${all}; ${number(caught)} ${caught === 1 ? "is" : "are"} caught above.`;
}

type Counted = readonly { readonly name: string; readonly people: number }[];

/** *2 people: 2 by delegation Integrations. Nobody by their own tier.* */
export function answerInWords({
  people,
  byTier,
  byDelegation,
}: {
  people: number;
  byTier: Counted;
  byDelegation: Counted;
}): string {
  if (people === 0) return "Nobody.";
  const named = (kind: string) => (each: { name: string; people: number }) =>
    `${number(each.people)} by ${kind} ${each.name}`;
  const ways = [...byTier.map(named("tier")), ...byDelegation.map(named("delegation"))];
  const own = byTier.length === 0 ? " Nobody by their own tier." : "";
  return `${people === 1 ? "1 person" : `${number(people)} people`}: ${listed(ways, "and")}.${own}`;
}
