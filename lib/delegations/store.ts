import type { Viewer } from "#lib/access/viewer";
import type { Database, Prisma, Transaction } from "#lib/db/client";

/** Whose tokens somebody has power over by delegations, taken together. */
export type DelegatedScope = {
  /** All persons. */
  readonly everyone: boolean;
  readonly serviceAccounts: boolean;
  readonly groupIds: readonly string[];
  readonly delegationIds: readonly string[];
};

/** The scope of all delegations that somebody is a delegate of; null for who is in none (the operator needs none). */
export async function delegatedScope(db: Database | Transaction, viewer: Viewer): Promise<DelegatedScope | null> {
  if (!("groupIds" in viewer)) return null;
  const rows = await db.delegation.findMany({
    where: { delegates: { some: { groupId: { in: [...viewer.groupIds] } } } },
    select: { id: true, scopeEveryone: true, scopeServiceAccounts: true, scopeGroups: { select: { groupId: true } } },
  });
  if (rows.length === 0) return null;
  return {
    everyone: rows.some((row) => row.scopeEveryone),
    serviceAccounts: rows.some((row) => row.scopeServiceAccounts),
    groupIds: [...new Set(rows.flatMap((row) => row.scopeGroups.map((each) => each.groupId)))],
    delegationIds: rows.map((row) => row.id),
  };
}

/** The users in a scope, as a condition of the database. */
export function usersIn({ everyone, serviceAccounts, groupIds }: DelegatedScope): Prisma.UserWhereInput {
  return {
    OR: [
      ...(everyone ? [{ kind: "person" as const }] : []),
      ...(serviceAccounts ? [{ kind: "service" as const }] : []),
      { memberships: { some: { groupId: { in: [...groupIds] } } } },
    ],
  };
}
