import { MOST_RANGES } from "#lib/networks/network-schema";
import { cidrsOf, liesIn, meetingOf } from "#lib/networks/range-algebra";
import { compileRanges } from "#lib/networks/range-set";
import { ceilingsOver } from "#lib/policies/ceiling";
import type { Member, Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import { reaches } from "#lib/tokens/rights/applications";
import { effectiveAccess, type Granted } from "#lib/tokens/rights/effective";
import type { Waiver } from "#lib/tokens/token";

type Keeps = Waiver["keeps"];

/** The lists of ranges that grant and ceilings set, besides the token's own, which hold under a waiver as well. */
function rangeLists({ grant }: Granted, owner: Member, rules: Rules): readonly (readonly string[])[] {
  const tier = tierOf(owner, rules.policies);
  const granted = grant.by === "tier" ? tier?.policy.own : rules.delegations.get(grant.delegationId)?.issue;
  const ceilings = ceilingsOver(owner, tier, rules).map(({ ceiling }) => ceiling.ranges ?? []);
  return [granted?.ranges ?? [], ...ceilings].filter((list) => list.length > 0);
}

/** One list keeps the names of its networks, and so follows them; several become the addresses that lie in all. */
function keptRanges(lists: readonly (readonly string[])[], rules: Rules): readonly string[] | null {
  const [first, ...more] = lists;
  if (first === undefined) return [];
  if (more.length === 0) return first;
  const met = meetingOf(lists.map((list) => compileRanges(list, rules.networks)));
  const cidrs = met === null ? [] : cidrsOf(met);
  return cidrs.length > MOST_RANGES ? null : cidrs;
}

/** Whether one of two things that waivers keep holds all of the other. */
function holds(outer: Keeps, inner: Keeps, rules: Rules): boolean {
  const place = ({ ipRanges }: Keeps) => (ipRanges.length === 0 ? null : compileRanges(ipRanges, rules.networks));
  const applications =
    inner.applications === "all"
      ? outer.applications === "all"
      : inner.applications.every((key) => reaches(outer.applications, key));
  return applications && (outer.access === "write" || inner.access === "read") && liesIn(place(inner), [place(outer)]);
}

/** The ranges that grant and ceilings leave; empty = anywhere, null = more than can be written down. */
export const rangesGranted = (token: Granted, owner: Member, rules: Rules) =>
  keptRanges(rangeLists(token, owner, rules), rules);

/** What the grant lets pass today, as a waiver keeps it: `nothing`, or `unsayable` in a list of ranges. */
function keptOf(token: Granted, owner: Member, rules: Rules): Keeps | "nothing" | "unsayable" {
  const [granted] = effectiveAccess({ ...token, waiver: null }, owner, rules, 0).ways;
  if (granted === undefined) return "nothing";
  const ipRanges = rangesGranted(token, owner, rules);
  return ipRanges === null ? "unsayable" : { access: granted.access, applications: granted.applications, ipRanges };
}

/**
 * The waiver with which all that the grant lets pass today passes until a date. A token has one waiver: where it holds
 * one already the wider of the two is kept, and the later end. Two of which neither holds the other cannot be joined
 * without opening more than either did.
 * @param rules of today
 * @param until epoch milliseconds
 * @returns `kept` when what it holds is enough, `impossible` when no waiver can say it
 */
export function waiverFor(
  token: Granted,
  owner: Member,
  rules: Rules,
  until: number,
  now: number,
): Waiver | "kept" | "impossible" {
  const old = token.waiver !== null && token.waiver.until > now ? token.waiver : null;
  const keeps = keptOf(token, owner, rules);
  if (keeps === "unsayable") return "impossible";
  if (keeps === "nothing") return "kept";
  if (old === null) return { until, keeps };
  if (holds(old.keeps, keeps, rules)) return old.until >= until ? "kept" : { until, keeps: old.keeps };
  return holds(keeps, old.keeps, rules) ? { until: Math.max(until, old.until), keeps } : "impossible";
}
