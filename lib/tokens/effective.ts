import type { LimitSource } from "#lib/errors/error";
import { compileRanges, type RangeSet } from "#lib/networks/range-set";
import { ceilingsOver, leastAccess } from "#lib/policies/ceiling";
import type { Limits } from "#lib/policies/limits";
import type { Member, Rules } from "#lib/policies/rules";
import { type Tier, tierOf } from "#lib/policies/tier";
import { limitApplications, withoutLatchkey } from "./applications";
import type { Token, Waiver } from "./token";
import type { Bound, Way } from "./way";

/** What a token may do now. Without `use` nothing passes, whatever the ways; without a way neither. */
export type Effective = { readonly use: boolean; readonly tier: Tier | null; readonly ways: readonly Way[] };

/** What of a token decides. */
export type Granted = Pick<Token, "name" | "grant" | "waiver" | "applications" | "access" | "ipRanges">;

type Compiled = { readonly owner: Member; readonly granted: Effective; readonly waived: Effective };
type Compiler = { readonly ranges: WeakMap<readonly string[], RangeSet>; readonly tokens: WeakMap<Granted, Compiled> };

// Facts are immutable and replaced whole when they change: what is worked out from them lives exactly as long.
const compilers = new WeakMap<Rules, Compiler>();

function compilerFor(rules: Rules): Compiler {
  let compiler = compilers.get(rules);
  if (compiler === undefined) {
    compiler = { ranges: new WeakMap(), tokens: new WeakMap() };
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

/** The own limits of the owner's tier of today, or those of the delegation; null when there is no such thing (any more). */
function grantBound(token: Granted, tier: Tier | null, rules: Rules): Bound | null {
  const { grant } = token;
  if (grant.by === "tier") {
    const own = tier?.policy.own;
    return tier && own ? boundOf({ kind: "tier", name: tier.policy.name }, own, rules) : null;
  }
  const delegation = rules.delegations.get(grant.delegationId);
  if (delegation === undefined) return null;
  const applications = limitApplications(withoutLatchkey(token.applications), delegation.issue.applications);
  return boundOf({ kind: "delegation", name: delegation.name }, { ...delegation.issue, applications }, rules);
}

function waiverBound(token: Granted, { keeps }: Waiver, rules: Rules): Bound {
  const named = keeps.applications !== "all" && token.grant.by === "tier";
  const own = named ? token.applications : withoutLatchkey(token.applications);
  const applications = limitApplications(own, keeps.applications);
  return boundOf({ kind: "token", name: token.name }, { ...keeps, applications, ranges: keeps.ipRanges }, rules);
}

function wayOf(by: Way["by"], token: Granted, bounds: readonly Bound[]): Way {
  const access = bounds.reduce((left, bound) => leastAccess(left, bound.access), token.access);
  const applications = bounds.reduce((left, bound) => limitApplications(left, bound.applications), token.applications);
  return { by, access, applications, rangeSets: bounds.flatMap(({ ranges }) => (ranges ? [ranges] : [])), bounds };
}

function compile(token: Granted, owner: Member, rules: Rules): Compiled {
  const tier = tierOf(owner, rules.policies);
  const use = tier?.policy.use ?? false;
  const own = boundOf({ kind: "token", name: token.name }, { ...token, ranges: token.ipRanges }, rules);
  const grant = grantBound(token, tier, rules);
  const ceilings = ceilingsOver(owner, tier, rules).map(({ source, ceiling }) =>
    boundOf(
      source,
      { access: ceiling.access ?? "write", applications: ceiling.applications ?? "all", ranges: ceiling.ranges ?? [] },
      rules,
    ),
  );
  const ways = grant === null ? [] : [wayOf("grant", token, [own, grant, ...ceilings])];
  const kept = token.waiver === null ? [] : [wayOf("waiver", token, [own, waiverBound(token, token.waiver, rules)])];
  return { owner, granted: { use, tier, ways }, waived: { use, tier, ways: [...ways, ...kept] } };
}

/**
 * What a token may do under today's rules: the least of token, grant and ceilings, and until its end what a waiver keeps.
 * Pure; what does not depend on the clock is worked out once for each token and set of rules (all of them immutable).
 * @param now epoch milliseconds; a waiver's end is exclusive
 */
export function effectiveAccess(token: Granted, owner: Member, rules: Rules, now: number): Effective {
  const { tokens } = compilerFor(rules);
  let compiled = tokens.get(token);
  if (compiled === undefined || compiled.owner !== owner) {
    compiled = compile(token, owner, rules);
    tokens.set(token, compiled);
  }
  return token.waiver !== null && now < token.waiver.until ? compiled.waived : compiled.granted;
}
