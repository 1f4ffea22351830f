import type { Transaction } from "#lib/db/client";
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
