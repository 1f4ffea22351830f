import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { type DelegationView, delegationView } from "./view";

const group = { select: { group: { select: { source: true, externalId: true } } } } as const;
const include = { delegates: group, scopeGroups: group } as const;

/** Delegations that a page shows at most: they are few by nature. */
const MOST = 200;

/** What is offered in a form for limits. */
export type Offered = { readonly applications: readonly { readonly key: string; readonly name: string }[] };

/** All delegations by name, each with how many tokens were issued under it and have not been revoked. Null for others. */
export async function readDelegations(
  viewer: Viewer,
): Promise<readonly (DelegationView & { readonly tokens: number })[] | null> {
  if (!can(viewer, "delegations.read")) return null;
  const db = database();
  const [rows, counts] = await Promise.all([
    db.delegation.findMany({ orderBy: { name: "asc" }, take: MOST, include }),
    db.token.groupBy({ by: ["delegationId"], where: { grantBy: "delegation", revokedAt: null }, _count: true }),
  ]);
  const tokens = new Map(counts.map(({ delegationId, _count }) => [delegationId, _count]));
  return rows.map((row) => ({ ...delegationView(row), tokens: tokens.get(row.id) ?? 0 }));
}

/** What the form of a delegation offers. Null for who may not look. */
export async function readDelegationForm(viewer: Viewer): Promise<Offered | null> {
  if (!can(viewer, "delegations.read")) return null;
  const applications = await database().application.findMany({
    where: { key: { not: "latchkey" } },
    orderBy: { name: "asc" },
    select: { key: true, name: true },
  });
  return { applications };
}

/** One delegation with what its form offers; null for everybody else, and for what is none. */
export async function findDelegation(
  viewer: Viewer,
  id: string | undefined,
): Promise<{ delegation: DelegationView; offered: Offered } | null> {
  const offered = await readDelegationForm(viewer);
  if (offered === null || !isId(id)) return null;
  const row = await database().delegation.findUnique({ where: { id }, include });
  return row === null ? null : { delegation: delegationView(row), offered };
}
