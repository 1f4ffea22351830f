import fc from "fast-check";
import type { Delegation } from "#lib/delegations/delegation";
import type { Ceiling, Limits } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import type { Rules } from "#lib/policies/rules";
import type { Kept } from "#lib/tokens/making/breach";
import type { Wish } from "#lib/tokens/making/wish";
import type { Restrictions } from "#lib/tokens/restrictions/restrictions";
import type { Grant, Token, Waiver } from "#lib/tokens/token";
import type { Holder } from "#lib/users/user";
import { DAY, holder, NOON, token } from "./rules";

/** Small worlds, so that random rules, tokens and requests meet often. */
export const KEYS = ["jira", "wiki", "git", "latchkey"] as const;
/** One for each way in which the ranges below differ. */
export const ADDRESSES = [
  ...["10.0.0.1", "10.1.0.1", "192.0.2.1", "192.0.2.200", "203.0.113.1"],
  ...["2001:db8::1", "2001:db8:1::1"],
] as const;
const GROUPS = ["g-0", "g-1", "g-2"] as const;
const RANGES = ["10.0.0.0/8", "10.0.0.0/16", "192.0.2.0/24", "2001:db8::/32", "office", "gone", "0.0.0.0/0"] as const;
const DELEGATIONS = ["d-0", "d-1", "d-2"] as const;

const some = <T>(values: readonly T[], minLength = 0) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength: 3 });
export const anyApplications = fc.oneof(
  { weight: 2, arbitrary: some(KEYS, 1) },
  { weight: 1, arbitrary: fc.constant("all" as const) },
);
const anyAccess = fc.constantFrom("read" as const, "write" as const);
const anyRanges = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(RANGES, 1) });
const anyDays = fc.option(fc.integer({ min: 1, max: 100 }));

export const anyLimits: fc.Arbitrary<Limits> = fc
  .record({
    maxLifetimeDays: anyDays,
    defaultLifetimeDays: fc.integer({ min: 1, max: 100 }),
    access: anyAccess,
    applications: anyApplications,
    maxActive: fc.option(fc.integer({ min: 0, max: 3 })),
    requireRanges: fc.boolean(),
    ranges: anyRanges,
    maxRatePerMinute: fc.constantFrom(null, null, null, 60),
    requirePurpose: fc.boolean(),
    requireContact: fc.boolean(),
    endNeverUsedAfterDays: fc.constant(null),
    endUnusedAfterDays: fc.constant(null),
    approval: fc.constantFrom("never" as const, "never" as const, "always" as const),
  })
  .map((limits) => ({
    ...limits,
    defaultLifetimeDays: Math.min(limits.defaultLifetimeDays, limits.maxLifetimeDays ?? 100),
  }));

/** A ceiling says some of what limits say. */
export const anyCeiling: fc.Arbitrary<Ceiling | null> = fc.option(
  fc
    .tuple(
      anyLimits,
      fc.uniqueArray(
        fc.constantFrom(
          ...["access", "applications", "ranges", "maxLifetimeDays", "maxActive", "requireRanges", "maxRatePerMinute"],
        ),
      ),
    )
    .map(
      ([limits, fields]): Ceiling =>
        Object.fromEntries(Object.entries(limits).filter(([field]) => fields.some((each) => each === field))),
    ),
);

const members = fc.record({ everyone: fc.boolean(), groupIds: some(GROUPS), serviceAccounts: fc.boolean() });

const anyPolicy = (priority: number): fc.Arbitrary<Policy> =>
  fc.record({
    id: fc.constant(`p-${priority}`),
    name: fc.constant(`Tier ${priority}`),
    priority: fc.constant(priority),
    members,
    use: fc.boolean(),
    create: fc.constantFrom("no" as const, "yes" as const, "yes" as const),
    selfRotate: fc.boolean(),
    own: fc.option(anyLimits, { freq: 5 }),
    ceiling: anyCeiling,
  });

const anyDelegation = (id: string): fc.Arbitrary<Delegation> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(`Delegation ${id}`),
    delegateGroupIds: some(GROUPS, 1),
    powers: fc.constant(["issue" as const]),
    scope: members,
    issue: anyLimits,
    showSecret: fc.boolean(),
  });

/** Up to four policies in any order, up to three delegations, ceilings, and one network. */
export const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    policies: fc
      .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
      .chain((all) => fc.tuple(...all.map((priority) => anyPolicy(priority * 10)))),
    delegations: some(DELEGATIONS).chain((ids) => fc.tuple(...ids.map(anyDelegation))),
    persons: anyCeiling,
    serviceAccounts: anyCeiling,
  })
  .map(({ policies, delegations, persons, serviceAccounts }) => ({
    policies,
    delegations: new Map(delegations.map((each) => [each.id, each])),
    networks: new Map([["office", { name: "office", ranges: ["192.0.2.0/28", "2001:db8::/48"] }]]),
    settings: { ceilings: { persons, serviceAccounts } },
  }));

export const anyHolder: fc.Arbitrary<Holder> = fc
  .record({ kind: fc.constantFrom("person" as const, "service" as const), groupIds: some(GROUPS) })
  .map((some) => holder(some));

const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  fc.constant({ by: "tier" as const }),
  fc.constantFrom(...DELEGATIONS).map((delegationId) => ({ by: "delegation" as const, delegationId })),
);

export const anyWaiver: fc.Arbitrary<Waiver> = fc.record({
  until: fc.constantFrom(NOON - DAY, NOON, NOON + 1, NOON + DAY),
  keeps: fc.record({ access: anyAccess, applications: anyApplications, ipRanges: anyRanges }),
});

export const anyToken: fc.Arbitrary<Token> = fc
  .record({
    grant: anyGrant,
    waiver: fc.option(anyWaiver),
    applications: anyApplications,
    access: anyAccess,
    ipRanges: anyRanges,
  })
  .map((some) => token(some));

const WORK = { zone: "Europe/Berlin", days: ["mon", "tue", "wed", "thu", "fri"], from: "06:00", to: "20:00" } as const;

/** Restrictions of which some are narrower than others, and some neither. */
export const anyRestrictions: fc.Arbitrary<Restrictions> = fc.record({
  headerConditions: fc.subarray([
    { name: "x-team", value: "a" },
    { name: "x-job", value: "b" },
  ]),
  pathRules: fc.subarray(["GET /rest/**", "POST /rest/api/2/issue", "* /x"]),
  timeWindow: fc.constantFrom(null, WORK, { ...WORK, from: "08:00" }, { ...WORK, from: "22:00", to: "07:00" }),
  rateLimit: fc.constantFrom(
    null,
    { perMinute: 60, burst: 60 },
    { perMinute: 60, burst: 10 },
    { perMinute: 6, burst: 90 },
  ),
});

export const anyWish: fc.Arbitrary<Wish> = fc.record({
  description: fc.constantFrom("", "Nightly"),
  contact: fc.constantFrom("", "ops"),
  applications: anyApplications,
  access: anyAccess,
  ipRanges: anyRanges,
  expiresAt: fc.option(fc.integer({ min: 1, max: 120 }).map((days) => NOON + days * DAY)),
  narrowing: anyRestrictions,
});

/** A token that is there, born at noon. */
export const anyKept: fc.Arbitrary<Kept> = fc
  .tuple(anyWish, anyGrant)
  .map(([wish, grant]) => ({ ...wish, grant, bornAt: NOON }));
