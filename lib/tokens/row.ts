import type { Access, Applications } from "#lib/policies/limits";
import { type Holder, highestRole, type Role, type UserKind } from "#lib/users/user";
import type { RevocationReason } from "./acting/revocation";
import type { Restrictions } from "./restrictions/restrictions";
import { restrictionsIn } from "./restrictions/restrictions-schema";
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

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

/** The token's applications, of two columns. */
export const applicationsOf = (row: { allApplications: boolean; applications: readonly string[] }): Applications =>
  row.allApplications ? "all" : row.applications;

/** What narrows a token further, of the columns that hold it. @throws what is not as it was stored */
export const restrictionsOfRow = (
  row: Pick<TokenRow, "headerConditions" | "pathRules" | "timeWindow" | "rateLimit">,
): Restrictions => restrictionsIn({ ...row, headerConditions: row.headerConditions ?? [] });

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
