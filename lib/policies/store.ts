import type { Database, Transaction } from "#lib/db/client";
import type { Ceiling, Limits } from "./limits";
import type { Policy } from "./policy";

/** Reads all policies, highest priority first. */
export async function readPolicies(db: Database | Transaction): Promise<Policy[]> {
  const rows = await db.policy.findMany({
    orderBy: { priority: "desc" },
    include: { groups: { select: { groupId: true } } },
  });
  return rows.map(
    ({ id, name, priority, use, create, selfRotate, everyone, serviceAccounts, groups, own, ceiling }) => ({
      id,
      name,
      priority,
      use,
      create,
      selfRotate,
      members: { everyone, serviceAccounts, groupIds: groups.map((each) => each.groupId) },
      // The column holds what the commands' schema has read: the compiler cannot know.
      own: own as Limits | null,
      ceiling: ceiling as Ceiling | null,
    }),
  );
}
