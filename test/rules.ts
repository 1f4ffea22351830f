import type { Delegation } from "#lib/delegations/delegation";
import type { Network } from "#lib/networks/network";
import type { Limits } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import type { Rules } from "#lib/policies/rules";
import { FREE } from "#lib/tokens/restrictions/restricted";
import type { Token } from "#lib/tokens/token";
import type { Holder } from "#lib/users/user";

/** 22 November 2026, noon UTC: the now of pure tests. */
export const NOON = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;

/** Ninety days, write, everything, 25 active, from anywhere. */
export const limits = (some: Partial<Limits> = {}): Limits => ({
  maxLifetimeDays: 90,
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
  ...some,
});

/** A tier for all persons that grants `limits()`. */
export const policy = (some: Partial<Policy> = {}): Policy => ({
  id: "p-everyone",
  name: "Everyone",
  priority: 10,
  members: { everyone: true, groupIds: [], serviceAccounts: false },
  use: true,
  create: "yes",
  selfRotate: false,
  own: limits(),
  ceiling: null,
  ...some,
});

/** Admins issue for service accounts, without expiry, secret shown once. */
export const delegation = (some: Partial<Delegation> = {}): Delegation => ({
  id: "d-integrations",
  name: "Integrations",
  delegateGroupIds: ["g-admins"],
  powers: ["issue"],
  scope: { everyone: false, groupIds: [], serviceAccounts: true },
  issue: limits({ maxLifetimeDays: null }),
  showSecret: true,
  ...some,
});

export const holder = (some: Partial<Holder> = {}): Holder => ({
  id: "u-ada",
  username: "ada",
  kind: "person",
  role: "user",
  groupIds: [],
  deactivatedAt: null,
  ...some,
});

export const service = (some: Partial<Holder> = {}) =>
  holder({ id: "u-bot", username: "bot", kind: "service", ...some });

type SomeRules = {
  readonly policies?: readonly Policy[];
  readonly delegations?: readonly Delegation[];
  readonly networks?: readonly Network[];
  readonly ceilings?: Partial<Rules["settings"]["ceilings"]>;
};

export const rules = ({
  policies = [policy()],
  delegations = [],
  networks = [],
  ceilings = {},
}: SomeRules = {}): Rules => ({
  policies,
  delegations: new Map(delegations.map((each) => [each.id, each])),
  networks: new Map(networks.map((each) => [each.name, each])),
  settings: { ceilings: { persons: null, serviceAccounts: null, ...ceilings } },
});

/** Ada's token for Jira, write, from anywhere, made at noon for thirty days under her own tier. */
export const token = (some: Partial<Token> = {}): Token => ({
  id: "t-1",
  name: "backup",
  ownerId: "u-ada",
  grant: { by: "tier" },
  waiver: null,
  applications: ["jira"],
  access: "write",
  ipRanges: [],
  createdAt: NOON,
  secretBornAt: NOON,
  expiresAt: NOON + 30 * DAY,
  revokedAt: null,
  deniedAt: null,
  suspendedAt: null,
  supersededAt: null,
  overlapEndsAt: null,
  restrictions: [],
  restricted: FREE,
  ...some,
});
