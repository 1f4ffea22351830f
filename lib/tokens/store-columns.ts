import type { Prisma } from "#lib/db/client";

type Column = keyof typeof Prisma.TokenScalarFieldEnum;

/**
 * What becomes of each column of a token when it is rotated: the successor has it as it stands (*kept*), as the plan says
 * by the rules of today (*judged*), or begins anew (*new*). A column that is not here does not compile: the database's
 * default for a restriction is none, and a successor would be free of it without a word.
 */
const WHEN_ROTATED = {
  id: "new",
  ownerId: "kept",
  name: "kept",
  description: "judged",
  contact: "judged",
  labels: "kept",
  digest: "new",
  hint: "new",
  createdAt: "new",
  createdBy: "new",
  secretBornAt: "new",
  grantBy: "kept",
  delegationId: "kept",
  delegationName: "kept",
  grantorId: "kept",
  allApplications: "judged",
  applications: "judged",
  access: "judged",
  ipRanges: "judged",
  headerConditions: "judged",
  pathRules: "judged",
  timeWindow: "judged",
  rateLimit: "judged",
  // The database's own.
  restrictions: "new",
  expiresAt: "judged",
  revokedAt: "new",
  revokedBy: "new",
  revocationReason: "new",
  revocationNote: "new",
  deniedAt: "new",
  suspendedAt: "new",
  suspendedBy: "new",
  suspendedByOwner: "new",
  suspensionNote: "new",
  rotatedFromId: "new",
  supersededAt: "new",
  overlapEndsAt: "new",
  overlapUntilFirstUse: "new",
  rotatedItselfAt: "new",
  leakReportedAt: "new",
  waiverUntil: "kept",
  waiverBy: "kept",
  waiverWhy: "kept",
  waiverAccess: "kept",
  waiverAllApplications: "kept",
  waiverApplications: "kept",
  waiverIpRanges: "kept",
  version: "new",
} as const satisfies Record<Column, "kept" | "judged" | "new">;

type With<Fate extends string> = {
  [C in Column]: (typeof WHEN_ROTATED)[C] extends Fate ? C : never;
}[Column];

export type KeptColumn = With<"kept">;
export type JudgedColumn = With<"judged">;

const entries = Object.entries(WHEN_ROTATED).filter(([, fate]) => fate === "kept");

/** Asks for what a successor keeps. */
export const KEPT_COLUMNS = Object.freeze(Object.fromEntries(entries.map(([column]) => [column, true]))) as Readonly<
  Record<KeptColumn, true>
>;

/** Columns that narrow what a token may do: whoever writes a token says something in each. */
export type RestrictionColumn = "ipRanges" | "headerConditions" | "pathRules" | "timeWindow" | "rateLimit";
