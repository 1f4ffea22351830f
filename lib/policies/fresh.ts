import type { Power } from "#lib/delegations/delegation";
import type { Ceiling, Limits } from "./limits";
import type { Policy } from "./policy";

/** A policy or delegation before it has ids: groups by name. */
type Fresh<T, Members> = Omit<T, "id" | "members"> & { readonly members: Members };
type FreshPolicy = Fresh<Policy, { everyone: boolean; groups: readonly string[]; serviceAccounts: boolean }>;
type FreshDelegation = {
  readonly name: string;
  readonly delegates: readonly string[];
  readonly powers: readonly Power[];
  readonly scope: { everyone: boolean; groups: readonly string[]; serviceAccounts: boolean };
  readonly issue: Limits;
  readonly showSecret: boolean;
};

/** Limits in which nothing further is limited. Ends of unused tokens join as soon as they are enforced. */
const plain: Limits = {
  maxLifetimeDays: 365,
  defaultLifetimeDays: 30,
  access: "write",
  applications: "all",
  maxActive: 25,
  requireRanges: false,
  ranges: [],
  maxRatePerMinute: null,
  requirePurpose: false,
  requireContact: false,
  endNeverUsedAfterDays: null,
  endUnusedAfterDays: null,
  approval: "never",
};

/** What somebody may make of their own: so many requests a minute that no script notices, and no runaway one hurts. */
const own: Limits = { ...plain, maxRatePerMinute: 600 };

const tier = { use: true, create: "yes", selfRotate: false, ceiling: null } as const;

/** The tiers of a fresh installation; who is in none of them has nothing. */
export const FRESH_POLICIES: readonly FreshPolicy[] = [
  {
    ...tier,
    name: "Administrators",
    priority: 1000,
    members: { everyone: false, groups: ["admins"], serviceAccounts: false },
    own,
  },
  {
    ...tier,
    name: "API users",
    priority: 100,
    members: { everyone: false, groups: ["api-users"], serviceAccounts: false },
    own: { ...own, maxLifetimeDays: 90 },
  },
  {
    ...tier,
    name: "Service accounts",
    priority: 50,
    members: { everyone: false, groups: [], serviceAccounts: true },
    create: "no",
    own: null,
  },
];

/** The tier that *everyone, read only* adds at first run. */
export const EVERYONE_READS: FreshPolicy = {
  ...tier,
  name: "Everyone",
  priority: 10,
  members: { everyone: true, groups: [], serviceAccounts: false },
  own: { ...own, access: "read", maxLifetimeDays: 90 },
};

/** The delegations of a fresh installation. */
export const FRESH_DELEGATIONS: readonly FreshDelegation[] = [
  {
    name: "Administrators",
    delegates: ["admins"],
    powers: ["issue", "end", "manage", "approve"],
    scope: { everyone: true, groups: [], serviceAccounts: true },
    issue: { ...plain, maxActive: null },
    showSecret: false,
  },
  {
    name: "Integrations",
    delegates: ["admins"],
    powers: ["issue"],
    scope: { everyone: false, groups: [], serviceAccounts: true },
    issue: { ...plain, maxLifetimeDays: null, maxActive: null },
    showSecret: true,
  },
];

/** The ceiling of the installation: a year for persons; service accounts are held by their delegations. */
export const FRESH_CEILINGS: { readonly ceilingPersons: Ceiling } = { ceilingPersons: { maxLifetimeDays: 365 } };
