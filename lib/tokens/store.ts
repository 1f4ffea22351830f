import { can } from "#lib/access/can";
import type { Actor, Viewer } from "#lib/access/viewer";
import type { Database, Prisma, Transaction } from "#lib/db/client";
import { delegatedScope, usersIn } from "#lib/delegations/store";
import type { Counted } from "#lib/policies/allowance";
import type { Policy } from "#lib/policies/policy";
import type { Holder } from "#lib/users/user";
import { holderOf, type TokenRow } from "./row";
import { type TokenView, tokenView } from "./view";

/** What rules look at of an owner. */
export const OWNER_COLUMNS = {
  id: true,
  username: true,
  kind: true,
  deactivatedAt: true,
  memberships: { select: { groupId: true, group: { select: { role: { select: { role: true } } } } } },
} as const;

/** What a token's view is made of. Never the digest. */
export const TOKEN_COLUMNS = {
  id: true,
  ownerId: true,
  name: true,
  description: true,
  contact: true,
  labels: true,
  hint: true,
  createdAt: true,
  createdBy: true,
  secretBornAt: true,
  grantBy: true,
  delegationId: true,
  delegationName: true,
  grantorId: true,
  grantor: { select: { username: true } },
  allApplications: true,
  applications: true,
  access: true,
  ipRanges: true,
  headerConditions: true,
  pathRules: true,
  timeWindow: true,
  rateLimit: true,
  restrictions: true,
  expiresAt: true,
  revokedAt: true,
  revokedBy: true,
  revocationReason: true,
  revocationNote: true,
  leakReportedAt: true,
  deniedAt: true,
  suspendedAt: true,
  suspendedBy: true,
  suspendedByOwner: true,
  suspensionNote: true,
  rotatedFromId: true,
  rotatedTo: { select: { id: true } },
  supersededAt: true,
  overlapEndsAt: true,
  overlapUntilFirstUse: true,
  waiverUntil: true,
  waiverBy: true,
  waiverWhy: true,
  waiverAccess: true,
  waiverAllApplications: true,
  waiverApplications: true,
  waiverIpRanges: true,
  version: true,
  owner: { select: OWNER_COLUMNS },
  // The link that is still open; there is one at most.
  claims: { where: { usedAt: null, voidedAt: null }, select: { madeAt: true, madeBy: true, expiresAt: true } },
} as const;

/** Reads somebody as rules look at them, locked: of two commands that each take their last place, the second waits. */
export async function lockHolder(tx: Transaction, where: Prisma.UserWhereInput): Promise<Holder | null> {
  const user = await tx.user.findFirst({ where, select: { id: true } });
  if (user === null) return null;
  await tx.$executeRaw`SELECT id FROM users WHERE id = ${user.id}::uuid FOR UPDATE`;
  const row = await tx.user.findUnique({ where: { id: user.id }, select: OWNER_COLUMNS });
  return row && holderOf(row);
}

/** Service accounts whose tokens somebody manages. */
export function maintainedBy({
  userId,
  groupIds,
}: {
  userId: string;
  groupIds: readonly string[];
}): Prisma.UserWhereInput {
  const maintainers = { some: { OR: [{ userId }, { groupId: { in: [...groupIds] } }] } };
  return { kind: "service", maintainers };
}

/** The tokens that somebody manages: those of accounts they maintain or have power over; with a role all. */
export async function managedTokens(db: Database | Transaction, viewer: Viewer): Promise<Prisma.TokenWhereInput> {
  if (can(viewer, "tokens.read-all") || !("userId" in viewer)) return {};
  const scope = await delegatedScope(db, viewer);
  return { owner: { OR: [maintainedBy(viewer), ...(scope === null ? [] : [usersIn(scope)])] } };
}

/** Whether there is anybody whose tokens somebody manages. */
export async function managesSome(db: Database | Transaction, viewer: Viewer): Promise<boolean> {
  if (can(viewer, "tokens.read-all") || !("userId" in viewer)) return true;
  if ((await delegatedScope(db, viewer)) !== null) return true;
  return (await db.user.findFirst({ where: maintainedBy(viewer), select: { id: true } })) !== null;
}

/** The tokens that somebody may see: own ones, and those they manage. */
export async function visibleTokens(db: Database | Transaction, viewer: Viewer): Promise<Prisma.TokenWhereInput> {
  const managed = await managedTokens(db, viewer);
  return "userId" in viewer && managed.owner !== undefined ? { OR: [{ ownerId: viewer.userId }, managed] } : managed;
}

/** Whether somebody maintains this service account. */
export async function maintains(db: Database | Transaction, viewer: Viewer, accountId: string): Promise<boolean> {
  if (!("userId" in viewer)) return false;
  const found = await db.user.findFirst({
    where: { AND: [{ id: accountId }, maintainedBy(viewer)] },
    select: { id: true },
  });
  return found !== null;
}

/**
 * How many tokens count against each quota of a holder: not ended, and a rotating pair once.
 * @param now epoch milliseconds
 */
export async function activeTokens(
  db: Database | Transaction,
  ownerId: string,
  delegationId: string | null,
  now: number,
): Promise<Record<Counted, number>> {
  const at = new Date(now);
  const alone = { overlapEndsAt: { gt: at }, rotatedTo: { is: { revokedAt: { not: null } } } };
  const living: Prisma.TokenWhereInput = {
    ownerId,
    revokedAt: null,
    deniedAt: null,
    AND: [
      { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
      // Its successor counts for a superseded one, unless only that was revoked.
      { OR: [{ supersededAt: null }, alone] },
    ],
  };
  const groups = await db.token.groupBy({ by: ["grantBy", "delegationId"], where: living, _count: true });
  const sum = (counts: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(counts).reduce((total, group) => total + group._count, 0);
  return {
    own: sum((group) => group.grantBy === "tier"),
    issued: sum((group) => delegationId !== null && group.delegationId === delegationId),
    held: sum(() => true),
  };
}

const USAGE_COLUMNS = {
  lastUsedAt: true,
  lastUsedIp: true,
  lastRefusedAt: true,
  lastRefusedReason: true,
  lastRefusedIp: true,
} as const;

/** Shows somebody tokens, each with its last use. */
export async function viewTokens(
  db: Database | Transaction,
  viewer: Viewer,
  rows: readonly TokenRow[],
  policies: readonly Policy[],
  now: number,
): Promise<TokenView[]> {
  const usages = await db.tokenUsage.findMany({
    where: { tokenId: { in: rows.map(({ id }) => id) } },
    select: { tokenId: true, ...USAGE_COLUMNS },
  });
  const byToken = new Map(usages.map((usage) => [usage.tokenId, usage]));
  return rows.map((row) => tokenView(viewer, row, byToken.get(row.id) ?? null, policies, now));
}

/** Shows somebody one token. */
export async function viewToken(
  db: Database | Transaction,
  viewer: Actor,
  row: TokenRow,
  policies: readonly Policy[],
  now: number,
): Promise<TokenView> {
  const usage = await db.tokenUsage.findUnique({
    where: { tokenId: row.id },
    select: USAGE_COLUMNS,
  });
  return tokenView(viewer, row, usage, policies, now);
}
