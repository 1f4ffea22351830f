import type { Access, Applications } from "#lib/policies/limits";
import type { Restricted } from "./restrictions/restricted";

/** Under whose power a token was made. *tier* is always the owner's tier of today. */
export type Grant = { readonly by: "tier" } | { readonly by: "delegation"; readonly delegationId: string };

/** Lets through, until a date, what grant or ceiling now refuse. Never `use`. `until` is epoch milliseconds. */
export type Waiver = {
  readonly until: number;
  readonly keeps: {
    readonly access: Access;
    readonly applications: Applications;
    readonly ipRanges: readonly string[];
  };
};

/**
 * The dated facts of a token from which its status follows. Times are epoch milliseconds, null = has not happened.
 * Nothing here is secret; the digest is never part of it.
 */
export type Token = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly grant: Grant;
  readonly waiver: Waiver | null;
  readonly applications: Applications;
  readonly access: Access;
  /** CIDRs and network names; empty = no restriction. */
  readonly ipRanges: readonly string[];
  readonly createdAt: number;
  /** Birth of the secret, from which the lifetime counts; null while pending (no secret exists). */
  readonly secretBornAt: number | null;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly deniedAt: number | null;
  readonly suspendedAt: number | null;
  /** Superseded by a successor; the old secret works until `overlapEndsAt` (exclusive). */
  readonly supersededAt: number | null;
  readonly overlapEndsAt: number | null;
  /** Names of the restrictions that are set, as the database lists them: of each that it does not enforce a verifier refuses. */
  readonly restrictions: readonly string[];
  /** Those of them that this version knows besides addresses, ready for the verification. */
  readonly restricted: Restricted;
};
