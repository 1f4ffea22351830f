import type { Transaction } from "#lib/db/client";
import { LOCAL } from "#lib/groups/group";
import { readPolicies } from "#lib/policies/store";
import type { Administration } from "./administrators";

/**
 * Reads who administers, and locks the mappings to that role: of two commands that each would take one of the last two
 * administrators away, the second sees what the first did. To be called before any other lock.
 */
export async function lockAdministration(tx: Transaction): Promise<Administration> {
  const mappings = await tx.$queryRaw<{ group_id: string }[]>`
    SELECT group_id FROM role_mappings WHERE role = 'admin' ORDER BY group_id FOR UPDATE`;
  const adminGroupIds = mappings.map((row) => row.group_id);
  const people = await tx.user.findMany({
    where: { kind: "person", deactivatedAt: null, memberships: { some: { groupId: { in: adminGroupIds } } } },
    select: {
      id: true,
      source: true,
      password: { select: { userId: true } },
      memberships: { select: { groupId: true } },
    },
  });
  const candidates = people.map(({ id, source, password, memberships }) => ({
    id,
    canSignIn: password !== null || source !== LOCAL,
    groupIds: memberships.map((each) => each.groupId),
  }));
  return { adminGroupIds, candidates, policies: await readPolicies(tx) };
}
