import type { SessionViewer } from "#lib/access/viewer";
import { sessionViewer } from "#lib/auth/actors";
import type { OwnerRow, TokenRow } from "#lib/tokens/row";
import { DAY, NOON } from "./rules";

export const ownerRow = (some: Partial<OwnerRow> = {}): OwnerRow => ({
  id: "u-ada",
  username: "ada",
  kind: "person",
  deactivatedAt: null,
  memberships: [],
  ...some,
});

/** Ada's token for Jira, as the database keeps it: made at noon for thirty days under her own tier. */
export const tokenRow = (some: Partial<TokenRow> = {}): TokenRow => ({
  id: "t-1",
  ownerId: "u-ada",
  name: "backup",
  description: "",
  contact: "",
  labels: [],
  hint: "lk_h2D…Rk8v",
  createdAt: new Date(NOON),
  createdBy: "ada",
  secretBornAt: new Date(NOON),
  grantBy: "tier",
  delegationId: null,
  delegationName: null,
  grantorId: null,
  grantor: null,
  allApplications: false,
  applications: ["jira"],
  access: "write",
  ipRanges: [],
  headerConditions: [],
  pathRules: [],
  timeWindow: null,
  rateLimit: null,
  restrictions: [],
  expiresAt: new Date(NOON + 30 * DAY),
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
  revocationNote: null,
  leakReportedAt: null,
  deniedAt: null,
  suspendedAt: null,
  suspendedBy: null,
  suspendedByOwner: false,
  suspensionNote: null,
  rotatedFromId: null,
  rotatedTo: null,
  supersededAt: null,
  overlapEndsAt: null,
  overlapUntilFirstUse: false,
  waiverUntil: null,
  waiverBy: null,
  waiverWhy: null,
  waiverAccess: null,
  waiverAllApplications: false,
  waiverApplications: [],
  waiverIpRanges: [],
  version: 1,
  owner: ownerRow(),
  claims: [],
  ...some,
});

/** Somebody at a browser who proved at noon that it is them. */
export const atBrowser = (
  userId: string,
  some: Partial<Pick<SessionViewer, "role" | "groupIds" | "steppedUpAt">> = {},
) =>
  sessionViewer({
    kind: "session",
    sessionId: "s-1",
    steppedUpAt: NOON,
    secondFactor: true,
    address: "192.0.2.1",
    userId,
    username: userId.replace("u-", ""),
    displayName: userId,
    role: "user",
    groupIds: [],
    ...some,
  });
