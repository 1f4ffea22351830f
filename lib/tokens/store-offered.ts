import type { Viewer } from "#lib/access/viewer";
import type { Database, Transaction } from "#lib/db/client";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { actionsOn, type OfferedToken } from "./acting/actions-on";
import { standingOf } from "./acting/standing";
import { holderOf, type TokenRow } from "./row";
import { maintainedBy, viewTokens } from "./store";

/** The service accounts among these owners that somebody maintains. */
export async function maintainedAmong(
  db: Database | Transaction,
  viewer: Viewer,
  ownerIds: readonly string[],
): Promise<Set<string>> {
  if (!("userId" in viewer) || ownerIds.length === 0) return new Set();
  const where = { AND: [{ id: { in: [...new Set(ownerIds)] } }, maintainedBy(viewer)] };
  const accounts = await db.user.findMany({ where, select: { id: true } });
  return new Set(accounts.map(({ id }) => id));
}

/**
 * Shows tokens with what whoever looks at them may do, by the rules that their commands will read.
 * @param now epoch milliseconds
 */
export async function offerTokens(
  db: Database,
  viewer: Viewer,
  rows: readonly TokenRow[],
  now: number,
): Promise<OfferedToken[]> {
  const [rules, maintained] = await Promise.all([
    readInstallationFacts(db),
    maintainedAmong(
      db,
      viewer,
      rows.flatMap(({ owner }) => (owner.kind === "service" ? [owner.id] : [])),
    ),
  ]);
  const mays = rows.map((row) => {
    const owner = holderOf(row.owner);
    const standing = standingOf(viewer, owner, maintained.has(owner.id), rules);
    return actionsOn({ viewer, row, owner, standing, rules }, now);
  });
  const views = await viewTokens(db, viewer, rows, rules.policies, now);
  return views.flatMap((view, index) => {
    const may = mays[index];
    return may === undefined ? [] : [{ ...view, may }];
  });
}
