import { AT, type TokenCell } from "#lib/verification/facts/token-cells";

/** A living own token for everything, as the database brings it. */
export const LIVING: Readonly<Record<TokenCell, unknown>> = {
  ...{ digest: "d1", id: "t1", name: "ci", grantBy: "tier", delegationId: null },
  ...{ allApplications: true, applications: [], access: "write", ipRanges: [], restrictions: [], restricted: null },
  ...{ createdAt: 1, secretBornAt: 2, expiresAt: null, revokedAt: null, deniedAt: null, suspendedAt: null },
  ...{ supersededAt: null, overlapEndsAt: null },
  ...{
    waiverUntil: null,
    waiverAccess: null,
    waiverAllApplications: false,
    waiverApplications: [],
    waiverIpRanges: [],
  },
  ...{ ownerId: "u1", username: "maria", ownerKind: "person", deactivatedAt: null },
  ...{ aliases: null, usernames: null, groups: null },
};

export const CELLS = Object.keys(AT);

/** Such a row in which some cells are others. */
export function cellsOf(some: Partial<Record<TokenCell, unknown>> = {}): unknown[] {
  const cells: Record<string, unknown> = { ...LIVING, ...some };
  return CELLS.map((name) => cells[name]);
}
