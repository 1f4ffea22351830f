import type { Actor } from "#lib/access/viewer";
import type { Access, Applications } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import { tierOf } from "#lib/policies/tier";
import { reasonWords } from "#lib/verification/reasons";
import type { RevocationReason } from "./acting/revocation";
import type { Restrictions } from "./restrictions/restrictions";
import { applicationsOf, datedOf, holderOf, shownRestrictions, type TokenRow } from "./row";
import { type Status, statusOf } from "./status";

export type { RevocationReason } from "./acting/revocation";

type Keeps = { readonly access: Access; readonly applications: Applications; readonly ipRanges: readonly string[] };

/** A token as REST, CLI and pages show it. Times are ISO 8601 UTC. Never a digest, never a secret. */
export type TokenView = Restrictions & {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly contact: string;
  readonly labels: readonly string[];
  readonly owner: { readonly id: string; readonly username: string };
  readonly createdBy: string;
  /** `name`: the owner's tier of today or the delegation; null when there is none (any more). `grantor`: a username. */
  readonly grant: { readonly by: "tier" | "delegation"; readonly name: string | null; readonly grantor: string | null };
  readonly waiver: { readonly until: string; readonly by: string; readonly why: string; readonly keeps: Keeps } | null;
  readonly applications: Applications;
  readonly access: Access;
  /** CIDRs and network names; empty = anywhere. */
  readonly ipRanges: readonly string[];
  /** This version cannot read what else narrows it, and refuses it; nothing of that is shown then. */
  readonly restrictionsUnreadable: boolean;
  /** Null = never. */
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly status: Status;
  /** Null while no secret exists. */
  readonly hint: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedIp: string | null;
  /** The last refused request: when, why (a code), what that means, what to do about it; of one's own tokens, where it came from. */
  readonly lastRefusal: {
    readonly at: string;
    readonly reason: string;
    readonly meaning: string;
    readonly remedy: string;
    readonly address: string | null;
  } | null;
  readonly revocation: {
    readonly at: string;
    readonly by: string;
    readonly reason: RevocationReason;
    readonly note: string | null;
  } | null;
  /** When somebody who had its secret reported that it leaked, which ended it. */
  readonly leakReportedAt: string | null;
  readonly suspension: {
    readonly at: string;
    readonly by: string;
    readonly byOwner: boolean;
    readonly note: string | null;
  } | null;
  /** The one-time link that waits to be opened, of a pending token; null where there is none. Never its code. */
  readonly claim: { readonly madeAt: string; readonly madeBy: string; readonly expiresAt: string } | null;
  /** Ids of predecessor and successor. */
  readonly rotatedFrom: string | null;
  readonly rotatedTo: string | null;
  readonly overlapEndsAt: string | null;
  /** The overlap ends earlier, as soon as the successor is used. */
  readonly overlapUntilFirstUse: boolean;
  /** What PATCH sends back. */
  readonly version: number;
};

/** When and from where a token was used last, as the recorder noted it. */
export type UsageRow = {
  readonly lastUsedAt: Date | null;
  readonly lastUsedIp: string | null;
  readonly lastRefusedAt: Date | null;
  readonly lastRefusedReason: string | null;
  readonly lastRefusedIp: string | null;
};

/** Where somebody else sits is no part of a list: who looks at that is noted, see commands/see-usage.ts. */
function refusalOf(usage: UsageRow | null, own: boolean): TokenView["lastRefusal"] {
  const { lastRefusedAt: at = null, lastRefusedReason: reason = null } = usage ?? {};
  if (at === null || reason === null) return null;
  const { meaning, remedy } = reasonWords(reason);
  return { at: at.toISOString(), reason, meaning, remedy, address: own ? (usage?.lastRefusedIp ?? null) : null };
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

function waiverOf(row: TokenRow): TokenView["waiver"] {
  const { waiverUntil, waiverBy, waiverWhy, waiverAccess } = row;
  if (waiverUntil === null || waiverBy === null || waiverWhy === null || waiverAccess === null) return null;
  const applications = applicationsOf({
    allApplications: row.waiverAllApplications,
    applications: row.waiverApplications,
  });
  const keeps: Keeps = { access: waiverAccess, applications, ipRanges: row.waiverIpRanges };
  return { until: waiverUntil.toISOString(), by: waiverBy, why: waiverWhy, keeps };
}

function endingsOf(row: TokenRow): Pick<TokenView, "revocation" | "suspension"> {
  const { revokedAt, revokedBy, revocationReason, suspendedAt, suspendedBy } = row;
  const revoked = revokedAt !== null && revokedBy !== null && revocationReason !== null;
  const suspended = suspendedAt !== null && suspendedBy !== null;
  return {
    revocation: revoked
      ? { at: revokedAt.toISOString(), by: revokedBy, reason: revocationReason, note: row.revocationNote }
      : null,
    suspension: suspended
      ? { at: suspendedAt.toISOString(), by: suspendedBy, byOwner: row.suspendedByOwner, note: row.suspensionNote }
      : null,
  };
}

function claimOf({ claims: [open] }: TokenRow): TokenView["claim"] {
  if (open === undefined) return null;
  return { madeAt: open.madeAt.toISOString(), madeBy: open.madeBy, expiresAt: open.expiresAt.toISOString() };
}

/**
 * Shows a token.
 * @param viewer to whom: of others' tokens nobody is told here where a refused request came from
 * @param policies of which the owner's tier of today follows
 * @param now epoch milliseconds, from which the status follows
 */
export function tokenView(
  viewer: Actor,
  row: TokenRow,
  usage: UsageRow | null,
  policies: readonly Policy[],
  now: number,
): TokenView {
  const owner = holderOf(row.owner);
  const tier = row.grantBy === "tier" ? tierOf(owner, policies) : null;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    contact: row.contact,
    labels: row.labels,
    owner: { id: owner.id, username: owner.username },
    createdBy: row.createdBy,
    grant: { by: row.grantBy, name: tier?.policy.name ?? row.delegationName, grantor: row.grantor?.username ?? null },
    waiver: waiverOf(row),
    applications: applicationsOf(row),
    access: row.access,
    ipRanges: row.ipRanges,
    ...shownRestrictions(row),
    expiresAt: iso(row.expiresAt),
    createdAt: row.createdAt.toISOString(),
    status: statusOf(datedOf(row), owner, now),
    hint: row.hint,
    lastUsedAt: iso(usage?.lastUsedAt ?? null),
    lastUsedIp: usage?.lastUsedIp ?? null,
    lastRefusal: refusalOf(usage, "userId" in viewer && viewer.userId === row.ownerId),
    ...endingsOf(row),
    leakReportedAt: iso(row.leakReportedAt),
    claim: claimOf(row),
    rotatedFrom: row.rotatedFromId,
    rotatedTo: row.rotatedTo?.id ?? null,
    overlapEndsAt: iso(row.overlapEndsAt),
    overlapUntilFirstUse: row.overlapUntilFirstUse,
    version: row.version,
  };
}
