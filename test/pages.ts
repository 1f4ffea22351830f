import type { LimitSource } from "#lib/errors/error";
import { type OfferedToken, TOKEN_ACTIONS, type TokenAction } from "#lib/tokens/acting/actions-on";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { TokenView } from "#lib/tokens/view";
import { limits } from "./rules";

/** 20 November 2026, noon UTC, read in Berlin. */
export const READER = { now: Date.UTC(2026, 10, 20, 12), zone: "Europe/Berlin" };

export const LIMITS = limits();

const TIER: LimitSource = { kind: "tier", name: "Developers" };
const CEILING: LimitSource = { kind: "installation", name: "installation" };

/** What the pages of somebody in tier Developers are drawn from. */
export const FACTS: TokenFormFacts = {
  holder: null,
  mayCreate: { allowed: true, reason: null },
  tier: { name: "Developers", because: "because you are in jira-developers" },
  limits: LIMITS,
  sources: {
    maxLifetimeDays: TIER,
    defaultLifetimeDays: TIER,
    access: TIER,
    applications: TIER,
    maxActive: TIER,
    requireRanges: TIER,
    ranges: TIER,
    maxRatePerMinute: CEILING,
    requirePurpose: TIER,
    requireContact: TIER,
    endNeverUsedAfterDays: TIER,
    endUnusedAfterDays: TIER,
    approval: TIER,
  },
  rangeLimits: [],
  activeTokens: 4,
  applications: [
    { key: "jira", name: "Jira", kind: "jira", host: "jira.example.com" },
    { key: "wiki", name: "Confluence", kind: "confluence", host: "tools.example.com/wiki" },
    { key: "latchkey", name: "Latchkey", kind: "generic", host: "tokens.example.com" },
  ],
  networks: [
    { name: "ci", ranges: ["10.20.4.0/24"] },
    { name: "office", ranges: ["10.31.0.0/16"] },
  ],
  address: "10.31.7.66",
};

/** An active token of ada's, as the API shows it. */
export const tokenView = (some: Partial<TokenView> = {}): TokenView => ({
  id: "0190d4a5-0000-7000-8000-00000000000a",
  name: "Nightly release notes",
  description: "",
  contact: "",
  labels: [],
  owner: { id: "u-ada", username: "ada" },
  createdBy: "ada",
  grant: { by: "tier", name: "Developers", grantor: null },
  waiver: null,
  applications: ["jira"],
  access: "read",
  ipRanges: [],
  headerConditions: [],
  pathRules: [],
  timeWindow: null,
  rateLimit: null,
  restrictionsUnreadable: false,
  expiresAt: "2027-02-18T12:00:00.000Z",
  createdAt: "2026-11-10T12:00:00.000Z",
  status: "active",
  hint: "lk_b8R…Tt0c",
  lastUsedAt: null,
  lastUsedIp: null,
  lastRefusal: null,
  revocation: null,
  leakReportedAt: null,
  suspension: null,
  claim: null,
  rotatedFrom: null,
  rotatedTo: null,
  overlapEndsAt: null,
  overlapUntilFirstUse: false,
  version: 1,
  ...some,
});

/** The same as a page shows it to somebody who may do these things to it. */
export function offeredToken(
  some: Partial<TokenView> = {},
  allowed: readonly TokenAction[] = TOKEN_ACTIONS,
): OfferedToken {
  const verdict = (action: TokenAction) =>
    allowed.includes(action) ? { allowed: true, reason: null } : { allowed: false, reason: "Ask an administrator." };
  const may = {
    revoke: verdict("revoke"),
    suspend: verdict("suspend"),
    resume: verdict("resume"),
    rotate: verdict("rotate"),
    edit: verdict("edit"),
    link: verdict("link"),
  };
  return { ...tokenView(some), may };
}
