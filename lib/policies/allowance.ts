import { LATCHKEY } from "#lib/applications/application";
import type { Delegation } from "#lib/delegations/delegation";
import type { LimitSource } from "#lib/errors/error";
import { ceilingsOver, leastAccess, leastOf, type SourcedCeiling, strictestApproval } from "./ceiling";
import type { Applications, Limits } from "./limits";
import type { Member, Rules } from "./rules";
import { type Tier, tierOf } from "./tier";

/** Which of the holder's active tokens a quota counts. */
export type Counted = "own" | "issued" | "held";

/** Under what a token may be made, and how far: one tier's own limits or one delegation's, under every ceiling. */
export type Allowance = {
  readonly grant: { readonly by: "tier" } | { readonly by: "delegation"; readonly delegationId: string };
  readonly source: LimitSource;
  readonly limits: Limits;
  /** Whose each limit is, after the ceilings. */
  readonly sources: Readonly<Record<keyof Limits, LimitSource>>;
  /** The token's own ranges must lie in every one of these lists. */
  readonly rangeLimits: readonly { readonly ranges: readonly string[]; readonly source: LimitSource }[];
  /** *own* and *issued* are limits of tier and delegation; a ceiling's counts all that are held. */
  readonly quotas: readonly { readonly most: number; readonly counted: Counted; readonly source: LimitSource }[];
  /** May the issuer see the secret once? */
  readonly showSecret: boolean;
};

function common(a: Applications, b: Applications): Applications {
  if (a === "all") return b;
  return b === "all" ? a : a.filter((key) => b.includes(key));
}

/** What a ceiling leaves of limits. It can only take away. */
export function lowered(limits: Limits, ceiling: SourcedCeiling["ceiling"]): Limits {
  const maxLifetimeDays = leastOf(limits.maxLifetimeDays, ceiling.maxLifetimeDays ?? null);
  const wishedDefault = leastOf(limits.defaultLifetimeDays, ceiling.defaultLifetimeDays ?? null);
  return {
    maxLifetimeDays,
    defaultLifetimeDays: leastOf(wishedDefault, maxLifetimeDays) ?? limits.defaultLifetimeDays,
    access: leastAccess(limits.access, ceiling.access ?? "write"),
    applications: common(limits.applications, ceiling.applications ?? "all"),
    maxActive: leastOf(limits.maxActive, ceiling.maxActive ?? null),
    requireRanges: limits.requireRanges || (ceiling.requireRanges ?? false),
    ranges: limits.ranges.length > 0 ? limits.ranges : (ceiling.ranges ?? []),
    maxRatePerMinute: leastOf(limits.maxRatePerMinute, ceiling.maxRatePerMinute ?? null),
    requirePurpose: limits.requirePurpose || (ceiling.requirePurpose ?? false),
    requireContact: limits.requireContact || (ceiling.requireContact ?? false),
    endNeverUsedAfterDays: leastOf(limits.endNeverUsedAfterDays, ceiling.endNeverUsedAfterDays ?? null),
    endUnusedAfterDays: leastOf(limits.endUnusedAfterDays, ceiling.endUnusedAfterDays ?? null),
    approval: strictestApproval(limits.approval, ceiling.approval ?? "never"),
  };
}

const FIELDS = [
  "maxLifetimeDays",
  "defaultLifetimeDays",
  "access",
  "applications",
  "maxActive",
  "requireRanges",
  "ranges",
  "maxRatePerMinute",
  "requirePurpose",
  "requireContact",
  "endNeverUsedAfterDays",
  "endUnusedAfterDays",
  "approval",
] as const satisfies readonly (keyof Limits)[];

type Field = (typeof FIELDS)[number];

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

type Base = Pick<Allowance, "grant" | "source" | "showSecret"> & { readonly limits: Limits; readonly counted: Counted };

function under(base: Base, ceilings: readonly SourcedCeiling[]): Allowance {
  const { grant, source, showSecret, counted } = base;
  // fromEntries forgets which keys it was given; a field that is missing above does not compile below.
  const sources = Object.fromEntries(FIELDS.map((field) => [field, source])) as Record<Field, LimitSource>;
  let { limits } = base;
  for (const { ceiling, source: above } of ceilings) {
    const next = lowered(limits, ceiling);
    for (const field of FIELDS) if (differs(limits[field], next[field])) sources[field] = above;
    limits = next;
  }
  const all = [
    { limits: base.limits, counted, source },
    ...ceilings.map((c) => ({ limits: c.ceiling, counted: "held" as const, source: c.source })),
  ];
  const rangeLimits = all.flatMap((each) =>
    each.limits.ranges?.length ? [{ ranges: each.limits.ranges, source: each.source }] : [],
  );
  const quotas = all.flatMap(({ limits: { maxActive }, counted, source }) =>
    maxActive === null || maxActive === undefined ? [] : [{ most: maxActive, counted, source }],
  );
  return { grant, source, limits, sources, rangeLimits, quotas, showSecret };
}

/** What somebody's own tier allows them for tokens of their own; null if it says nothing about that. */
export function ownAllowance(holder: Member, tier: Tier | null, rules: Rules): Allowance | null {
  if (!tier?.policy.own) return null;
  const source: LimitSource = { kind: "tier", name: tier.policy.name };
  const base: Base = { grant: { by: "tier" }, source, limits: tier.policy.own, counted: "own", showSecret: true };
  return under(base, ceilingsOver(holder, tier, rules));
}

/** What one delegation allows to issue for somebody: its own limits under the holder's ceilings, and never `latchkey`. */
export function issueAllowance(delegation: Delegation, holder: Member, rules: Rules): Allowance {
  const { id, name, issue, showSecret } = delegation;
  const named = issue.applications;
  const applications = named === "all" ? named : named.filter((key) => key !== LATCHKEY);
  const base: Base = {
    grant: { by: "delegation", delegationId: id },
    source: { kind: "delegation", name },
    limits: { ...issue, applications },
    counted: "issued",
    showSecret: showSecret && holder.kind === "service",
  };
  return under(base, ceilingsOver(holder, tierOf(holder, rules.policies), rules));
}
