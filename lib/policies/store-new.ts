import { Prisma, type Transaction } from "#lib/db/client";
import { foldName } from "#lib/users/name";
import type { Policy } from "./policy";
import { type PolicyView, policyView } from "./view";

/** A tier as it is to be; its groups by id. */
export type NewPolicy = Omit<Policy, "id" | "members"> & {
  readonly members: { readonly everyone: boolean; readonly serviceAccounts: boolean };
};

/**
 * Writes a new tier: the one place that says which columns hold what.
 * @param now epoch milliseconds
 * @returns the tier as shown
 */
export async function insertPolicy(
  tx: Transaction,
  { name, priority, use, create, selfRotate, members, own, ceiling }: NewPolicy,
  groupIds: readonly string[],
  now: number,
): Promise<PolicyView> {
  const row = await tx.policy.create({
    data: {
      ...{ name, priority, use, create, selfRotate },
      nameKey: foldName(name),
      everyone: members.everyone,
      serviceAccounts: members.serviceAccounts,
      createdAt: new Date(now),
      groups: { create: groupIds.map((groupId) => ({ groupId })) },
      ...(own === null ? {} : { own }),
      ...(ceiling === null ? {} : { ceiling }),
    },
    include: { groups: { select: { group: { select: { source: true, externalId: true } } } } },
  });
  return policyView(row);
}

/** Writes a tier over what it was, as a new version of it. */
export async function updatePolicy(
  tx: Transaction,
  { id, name, priority, use, create, selfRotate, members, own, ceiling }: Policy,
): Promise<void> {
  await tx.policyGroup.deleteMany({ where: { policyId: id, groupId: { notIn: [...members.groupIds] } } });
  await tx.policyGroup.createMany({
    data: members.groupIds.map((groupId) => ({ policyId: id, groupId })),
    skipDuplicates: true,
  });
  await tx.policy.update({
    where: { id },
    data: {
      ...{ name, priority, use, create, selfRotate },
      nameKey: foldName(name),
      everyone: members.everyone,
      serviceAccounts: members.serviceAccounts,
      own: own ?? Prisma.DbNull,
      ceiling: ceiling ?? Prisma.DbNull,
      version: { increment: 1 },
    },
    select: { id: true },
  });
}

/** Gives policies other numbers. Out of the way first: numbers are unique at every moment. */
export async function renumberPolicies(tx: Transaction, priorities: ReadonlyMap<string, number>): Promise<void> {
  const rows = JSON.stringify([...priorities].map(([id, priority]) => ({ id, priority })));
  await tx.$executeRaw`
    UPDATE policies AS p SET priority = -p.priority
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid) WHERE p.id = r.id`;
  await tx.$executeRaw`
    UPDATE policies AS p SET priority = r.priority, version = p.version + 1
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, priority int) WHERE p.id = r.id`;
}
