import type { Viewer } from "#lib/access/viewer";
import type { Database, Transaction } from "#lib/db/client";
import type { Power } from "#lib/delegations/delegation";
import { MOST_AT_ONCE } from "#lib/operations/operation";
import type { BulkAction, BulkInput } from "./bulk/schema";
import { maintainedBy } from "./store";
import { managedScope } from "./store-scope";
import { findAllIds } from "./store-search";

/** The tokens that are meant: those named, whether there are such or not; or all that the filter finds now. */
export async function chosenIds(
  db: Database | Transaction,
  viewer: Viewer,
  { ids, filter }: Pick<BulkInput, "ids" | "filter">,
  now: number,
): Promise<readonly string[]> {
  if (ids !== undefined) return ids;
  if (filter === undefined) return [];
  return findAllIds(db, { scope: await managedScope(db, viewer), filter, now }, MOST_AT_ONCE + 1);
}

/**
 * Puts the token by which somebody acts, and what it was rotated from or to, behind the others: what is done to it may
 * be the last that it can do.
 */
export async function ownLast(tx: Transaction, viewer: Viewer, ids: readonly string[]): Promise<readonly string[]> {
  if (viewer.kind !== "token") return ids;
  const { tokenId } = viewer;
  const own = await tx.token.findMany({
    where: { OR: [{ id: tokenId }, { rotatedFromId: tokenId }, { rotatedTo: { id: tokenId } }] },
    select: { id: true },
  });
  const last = new Set(own.map(({ id }) => id));
  return [...ids.filter((id) => !last.has(id)), ...ids.filter((id) => last.has(id))];
}

/**
 * Whether there is anybody's token but their own that somebody could do this to: by a delegation with the power for it,
 * or as a maintainer. Over which tokens is decided for each.
 */
export async function actsOnSome(db: Database | Transaction, viewer: Viewer, action: BulkAction): Promise<boolean> {
  if (!("userId" in viewer)) return true;
  const power: Power = action === "change-expiry" ? "manage" : "end";
  const held = { powers: { has: power }, delegates: { some: { groupId: { in: [...viewer.groupIds] } } } };
  if ((await db.delegation.findFirst({ where: held, select: { id: true } })) !== null) return true;
  return (await db.user.findFirst({ where: maintainedBy(viewer), select: { id: true } })) !== null;
}
