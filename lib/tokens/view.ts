import type { Access, Applications } from "#lib/policies/limits";
import type { Status } from "./status";

/** Why a token was revoked (product.md). */
export const REVOCATION_REASONS = [
  "key_compromise",
  "superseded",
  "affiliation_changed",
  "no_longer_needed",
  "privilege_withdrawn",
  "policy",
  "unused",
] as const;

export type RevocationReason = (typeof REVOCATION_REASONS)[number];

type Keeps = { readonly access: Access; readonly applications: Applications; readonly ipRanges: readonly string[] };

/** A token as REST, CLI and pages show it. Times are ISO 8601 UTC. Never a digest, never a secret. */
export type TokenView = {
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
  readonly headerConditions: readonly { readonly name: string; readonly value: string }[];
  readonly pathRules: readonly string[];
  readonly timeWindow: {
    readonly zone: string;
    readonly days: readonly string[];
    readonly from: string;
    readonly to: string;
  } | null;
  readonly rateLimit: { readonly perMinute: number; readonly burst: number } | null;
  /** Null = never. */
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly status: Status;
  /** Null while no secret exists. */
  readonly hint: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedIp: string | null;
  readonly revocation: {
    readonly at: string;
    readonly by: string;
    readonly reason: RevocationReason;
    readonly note: string | null;
  } | null;
  readonly suspension: {
    readonly at: string;
    readonly by: string;
    readonly byOwner: boolean;
    readonly note: string | null;
  } | null;
  /** Ids of predecessor and successor. */
  readonly rotatedFrom: string | null;
  readonly rotatedTo: string | null;
  readonly overlapEndsAt: string | null;
  /** The overlap ends earlier, as soon as the successor is used. */
  readonly overlapUntilFirstUse: boolean;
  /** What PATCH sends back. */
  readonly version: number;
};
