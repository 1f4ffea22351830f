import { ok, type Result, refuse } from "#lib/errors/error";
import type { Access, Applications } from "#lib/policies/limits";
import { type Holder, highestRole, type Role, type UserKind } from "#lib/users/user";
import type { RevocationReason } from "./acting/revocation";
import { ENFORCED } from "./restrictions/enforced";
import { type Restrictions, UNRESTRICTED } from "./restrictions/restrictions";
import { readableIn } from "./restrictions/restrictions-schema";
import type { Dated } from "./status";
import type { Token } from "./token";

/** What the database says of a token's owner. */
export type OwnerRow = {
  readonly id: string;
  readonly username: string;
  readonly kind: UserKind;
  readonly deactivatedAt: Date | null;
  readonly memberships: readonly {
    readonly groupId: string;
    readonly group: { readonly role: { readonly role: Role } | null };
  }[];
};

/** What the database says of a token; `TOKEN_COLUMNS` in lib/tokens/store.ts asks for it. Never the digest. */
export type TokenRow = {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string;
  readonly contact: string;
  readonly labels: readonly string[];
  readonly hint: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly secretBornAt: Date | null;
  readonly grantBy: "tier" | "delegation";
  readonly delegationId: string | null;
  readonly delegationName: string | null;
  readonly grantorId: string | null;
  readonly grantor: { readonly username: string } | null;
  readonly allApplications: boolean;
  readonly applications: readonly string[];
  readonly access: Access;
  readonly ipRanges: readonly string[];
  readonly headerConditions: unknown;
  readonly pathRules: readonly string[];
  readonly timeWindow: unknown;
  readonly rateLimit: unknown;
  /** The database's own list of those that are set. */
  readonly restrictions: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revocationReason: RevocationReason | null;
  readonly revocationNote: string | null;
  /** When somebody who had its secret reported that it leaked. */
  readonly leakReportedAt: Date | null;
  readonly deniedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly suspendedBy: string | null;
  readonly suspendedByOwner: boolean;
  readonly suspensionNote: string | null;
  readonly rotatedFromId: string | null;
  readonly rotatedTo: { readonly id: string } | null;
  readonly supersededAt: Date | null;
  readonly overlapEndsAt: Date | null;
  readonly overlapUntilFirstUse: boolean;
  readonly waiverUntil: Date | null;
  readonly waiverBy: string | null;
  readonly waiverWhy: string | null;
  readonly waiverAccess: Access | null;
  readonly waiverAllApplications: boolean;
  readonly waiverApplications: readonly string[];
  readonly waiverIpRanges: readonly string[];
  readonly version: number;
  readonly owner: OwnerRow;
  /** The claim link that nobody opened or made void, if there is one. */
  readonly claims: readonly { readonly madeAt: Date; readonly madeBy: string; readonly expiresAt: Date }[];
};

const UNREADABLE =
  "This version cannot read what narrows it, so its requests are refused. Revoke it and make another one, or upgrade.";

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

/** The token's applications, of two columns. */
export const applicationsOf = (row: { allApplications: boolean; applications: readonly string[] }): Applications =>
  row.allApplications ? "all" : row.applications;

type Narrowed = Pick<TokenRow, "headerConditions" | "pathRules" | "timeWindow" | "rateLimit" | "restrictions">;

/**
 * What narrows a token further, of the columns that hold it.
 * @returns `forbidden` where this version cannot read it, or does not know all of it: every verifier of this version
 *   refuses the token then
 */
export function restrictionsOfRow(row: Narrowed): Result<Restrictions> {
  const read = row.restrictions.every((name) => ENFORCED.has(name))
    ? readableIn({ ...row, headerConditions: row.headerConditions ?? [] })
    : null;
  return read === null ? refuse("forbidden", UNREADABLE) : ok(read);
}

/** The same as it is shown: of what cannot be read nothing. */
export function shownRestrictions(row: Narrowed): Restrictions & { readonly restrictionsUnreadable: boolean } {
  const read = restrictionsOfRow(row);
  return { ...(read.ok ? read.value : UNRESTRICTED), restrictionsUnreadable: !read.ok };
}

/** The dated facts of a token, in epoch milliseconds. */
export function datedOf(row: TokenRow): Dated & Pick<Token, "createdAt"> {
  return {
    createdAt: row.createdAt.getTime(),
    revokedAt: ms(row.revokedAt),
    deniedAt: ms(row.deniedAt),
    expiresAt: ms(row.expiresAt),
    suspendedAt: ms(row.suspendedAt),
    secretBornAt: ms(row.secretBornAt),
    supersededAt: ms(row.supersededAt),
    overlapEndsAt: ms(row.overlapEndsAt),
  };
}

/** The owner as rules look at them. */
export function holderOf(row: OwnerRow): Holder {
  return {
    id: row.id,
    username: row.username,
    kind: row.kind,
    role: highestRole(row.memberships.map(({ group }) => group.role?.role ?? "user")),
    groupIds: row.memberships.map(({ groupId }) => groupId),
    deactivatedAt: ms(row.deactivatedAt),
  };
}
