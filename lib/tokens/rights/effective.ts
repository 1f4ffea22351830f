import type { LimitSource } from "#lib/errors/error";
import { compileRanges, type RangeSet } from "#lib/networks/range-set";
import { ceilingsOver, leastAccess } from "#lib/policies/ceiling";
import type { Limits } from "#lib/policies/limits";
import type { Member, Rules } from "#lib/policies/rules";
import { type Tier, tierOf } from "#lib/policies/tier";
import type { UserKind } from "#lib/users/user";
import type { Token, Waiver } from "../token";
import { limitApplications, withoutLatchkey } from "./applications";
import type { Bound, Way } from "./way";

/** What a token may do now. Without `use` nothing passes, whatever the ways; without a way neither. */
export type Effective = { readonly use: boolean; readonly tier: Tier | null; readonly ways: readonly Way[] };

/** What of a token decides. */
export type Granted = Pick<Token, "name" | "grant" | "waiver" | "applications" | "access" | "ipRanges">;

/** What of an owner's tier decides about every one of their tokens. */
type Holding = { readonly tier: Tier | null; readonly own: Bound | null; readonly ceilings: readonly Bound[] };

type Compiler = {
  readonly ranges: WeakMap<readonly string[], RangeSet>;
  /** By the list of groups, which owners in the same groups share. */
  readonly holdings: Readonly<Record<UserKind, WeakMap<object, Holding>>>;
};

// Facts are immutable and replaced whole when they change: what is worked out from them lives exactly as long.
// Nothing is kept for each token, of which there may be a hundred thousand.
const compilers = new WeakMap<Rules, Compiler>();

function compilerFor(rules: Rules): Compiler {
  let compiler = compilers.get(rules);
  if (compiler === undefined) {
    compiler = { ranges: new WeakMap(), holdings: { person: new WeakMap(), service: new WeakMap() } };
    compilers.set(rules, compiler);
  }
  return compiler;
}

/** Null = anywhere: only an empty list says that. A list that cannot be understood matches nothing. */
function rangesOf(entries: readonly string[], rules: Rules): RangeSet | null {
  if (entries.length === 0) return null;
  const { ranges } = compilerFor(rules);
  let set = ranges.get(entries);
  if (set === undefined) {
    set = compileRanges(entries, rules.networks);
    ranges.set(entries, set);
  }
  return set;
}

function boundOf(source: LimitSource, limits: Pick<Limits, "access" | "applications" | "ranges">, rules: Rules): Bound {
  const { access, applications, ranges } = limits;
  return { source, access, applications, ranges: rangesOf(ranges, rules) };
}

function holdingOf(owner: Member, rules: Rules): Holding {
  const groups = "groupIds" in owner ? owner.groupIds : owner.groups;
  const known = compilerFor(rules).holdings[owner.kind];
  let holding = known.get(groups);
  if (holding === undefined) {
    const tier = tierOf(owner, rules.policies);
    const own = tier?.policy.own ? boundOf({ kind: "tier", name: tier.policy.name }, tier.policy.own, rules) : null;
    const ceilings = ceilingsOver(owner, tier, rules).map(({ source, ceiling }) => {
      const { access = "write", applications = "all", ranges = [] } = ceiling;
      return boundOf(source, { access, applications, ranges }, rules);
    });
    holding = { tier, own, ceilings };
    known.set(groups, holding);
  }
  return holding;
}

/** The own limits of the owner's tier of today, or those of the delegation; null when there is no such thing (any more). */
function grantBound(token: Granted, own: Bound | null, rules: Rules): Bound | null {
  const { grant } = token;
  if (grant.by === "tier") return own;
  const delegation = rules.delegations.get(grant.delegationId);
  if (delegation === undefined) return null;
  const applications = limitApplications(withoutLatchkey(token.applications), delegation.issue.applications);
  return boundOf({ kind: "delegation", name: delegation.name }, { ...delegation.issue, applications }, rules);
}

function waiverBound(token: Granted, { keeps }: Waiver, rules: Rules): Bound {
  const named = keeps.applications !== "all" && token.grant.by === "tier";
  const own = named ? token.applications : withoutLatchkey(token.applications);
  const applications = limitApplications(own, keeps.applications);
  const source: LimitSource = { kind: "token", name: token.name };
  return boundOf(source, { access: keeps.access, applications, ranges: keeps.ipRanges }, rules);
}

function wayOf(by: Way["by"], token: Granted, bounds: readonly Bound[]): Way {
  let { access, applications } = token;
  const rangeSets: RangeSet[] = [];
  for (const bound of bounds) {
    access = leastAccess(access, bound.access);
    applications = limitApplications(applications, bound.applications);
    if (bound.ranges !== null) rangeSets.push(bound.ranges);
  }
  return { by, access, applications, rangeSets, bounds };
}

/**
 * What a token may do under today's rules: the least of token, grant and ceilings, and until its end what a waiver keeps.
 * Pure and quick: what follows from rules and groups alone is worked out once (rules and facts are immutable).
 * @param now epoch milliseconds; a waiver's end is exclusive
 */
export function effectiveAccess(token: Granted, owner: Member, rules: Rules, now: number): Effective {
  const { tier, own, ceilings } = holdingOf(owner, rules);
  const { name, access, applications, ipRanges, waiver } = token;
  const self = boundOf({ kind: "token", name }, { access, applications, ranges: ipRanges }, rules);
  const grant = grantBound(token, own, rules);
  const ways: Way[] = grant === null ? [] : [wayOf("grant", token, [self, grant, ...ceilings])];
  if (waiver !== null && now < waiver.until)
    ways.push(wayOf("waiver", token, [self, waiverBound(token, waiver, rules)]));
  return { use: tier?.policy.use ?? false, tier, ways };
}
