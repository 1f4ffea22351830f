import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import type { AuditEntry } from "#lib/audit/event";
import type { Database, Prisma, Transaction } from "#lib/db/client";
import { env } from "#lib/env";
import { type Claim, linkEnd, newClaimCode } from "./claims/claim";
import type { TokenRow } from "./row";
import { digestOf } from "./secret";
import { maintainedBy, TOKEN_COLUMNS } from "./store";
import { insertPending, type NewToken } from "./store-new";

/** A link as whoever made it gets it, once: nothing keeps the address. */
export type ClaimLink = { readonly url: string; readonly expiresAt: string };

type Of = { readonly id: string; readonly name: string; readonly owner: string; readonly expiresAt: number | null };

const digest = (code: string) => new Uint8Array(Buffer.from(digestOf(code), "hex"));

/** A link that nobody opened and nobody made void; it may have expired. */
export const OPEN = { usedAt: null, voidedAt: null } as const;

/** Makes the one link of a pending token that has none. @param now epoch milliseconds */
export async function insertClaim(
  tx: Transaction,
  actor: Viewer,
  { id, name, owner, expiresAt: tokenEndsAt }: Of,
  now: number,
): Promise<{ link: ClaimLink; event: AuditEntry }> {
  const code = newClaimCode();
  const expiresAt = new Date(linkEnd(now, tokenEndsAt));
  const data = { tokenId: id, digest: digest(code), madeAt: new Date(now), madeBy: actorName(actor), expiresAt };
  await tx.tokenClaim.create({ data, select: { id: true } });
  const until = expiresAt.toISOString();
  const detail = { before: null, after: { owner, until } };
  return {
    link: { url: `${env().url}/claim#${code}`, expiresAt: until },
    event: { action: "token.claim-made", subject: { id, name }, detail },
  };
}

/** Writes a token that waits for its secret, and its link. @param now epoch milliseconds */
export async function insertLinked(
  tx: Transaction,
  actor: Viewer,
  data: NewToken,
  now: number,
): Promise<{ row: TokenRow; link: ClaimLink; event: AuditEntry }> {
  const { id, name, owner, expiresAt } = await insertPending(tx, data, now);
  const of = { id, name, owner: owner.username, expiresAt: expiresAt?.getTime() ?? null };
  const made = await insertClaim(tx, actor, of, now);
  // Read again: its link stands beside it now.
  return { row: await tx.token.findUniqueOrThrow({ where: { id }, select: TOKEN_COLUMNS }), ...made };
}

/**
 * Makes links void that nobody opened.
 * @param which whose
 * @param why in words, for the log and for whoever opens one all the same
 * @returns what the log says of each
 */
export async function voidClaims(
  tx: Transaction,
  which: Prisma.TokenWhereInput,
  { actor, why, now }: { actor: Viewer; why: string; now: number },
): Promise<AuditEntry[]> {
  const open = await tx.tokenClaim.findMany({
    where: { ...OPEN, token: which },
    select: { id: true, token: { select: { id: true, name: true } } },
    orderBy: { id: "asc" },
  });
  if (open.length === 0) return [];
  await tx.tokenClaim.updateMany({
    where: { id: { in: open.map(({ id }) => id) }, ...OPEN },
    data: { voidedAt: new Date(now), voidedBy: actorName(actor), voidedWhy: why },
  });
  const detail = { before: null, after: { why } };
  return open.map(({ token }) => ({ action: "token.claim-voided", subject: token, detail }));
}

/** Whose links somebody opens: their own, and those of service accounts that they maintain. */
function claimable(viewer: Extract<Viewer, { userId: string }>): Prisma.UserWhereInput {
  return { OR: [{ id: viewer.userId }, maintainedBy(viewer)] };
}

/** A link by its code; null for a code that is none, and for whom it is not: both look the same. */
export async function findClaim(
  db: Database | Transaction,
  viewer: Extract<Viewer, { userId: string }>,
  code: string,
): Promise<{ id: string; tokenId: string; ownerId: string; claim: Claim } | null> {
  const row = await db.tokenClaim.findFirst({
    where: { digest: digest(code), token: { owner: claimable(viewer) } },
    select: {
      ...{ id: true, tokenId: true, expiresAt: true, usedAt: true, usedBy: true, voidedWhy: true },
      token: { select: { ownerId: true } },
    },
  });
  if (row === null) return null;
  const { id, tokenId, expiresAt, usedAt, usedBy, voidedWhy } = row;
  const used = usedAt === null || usedBy === null ? null : { at: usedAt.getTime(), by: usedBy };
  const claim = { expiresAt: expiresAt.getTime(), used, voided: voidedWhy === null ? null : { why: voidedWhy } };
  return { id, tokenId, ownerId: row.token.ownerId, claim };
}
