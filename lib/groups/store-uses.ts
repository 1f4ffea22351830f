import type { Database, Transaction } from "#lib/db/client";
import type { GroupUses } from "./uses";

const MOST = 200;
const names = { select: { name: true }, orderBy: { name: "asc" }, take: MOST } as const;

/** What names a group, by its id. */
export async function readGroupUses(db: Database | Transaction, id: string): Promise<GroupUses> {
  const some = { some: { groupId: id } };
  const role = await db.roleMapping.findUnique({ where: { groupId: id }, select: { role: true } });
  const policies = await db.policy.findMany({ ...names, where: { groups: some } });
  const delegations = await db.delegation.findMany({ ...names, where: { delegates: some } });
  const scopes = await db.delegation.findMany({ ...names, where: { scopeGroups: some } });
  const accounts = await db.user.findMany({
    where: { kind: "service", maintainers: some },
    select: { username: true },
    orderBy: { username: "asc" },
    take: MOST,
  });
  return {
    role: role?.role ?? null,
    policies: policies.map(({ name }) => name),
    delegations: delegations.map(({ name }) => name),
    scopes: scopes.map(({ name }) => name),
    accounts: accounts.map(({ username }) => username),
  };
}
