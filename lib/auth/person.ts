import type { Database, Transaction } from "#lib/db/client";
import { highestRole, type Role } from "#lib/users/user";

export type PersonRow = {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly kind: "person" | "service";
  readonly deactivated: boolean;
  readonly role: Role;
  readonly groupIds: readonly string[];
};

/** Reads a user with groups and role as they are now. @returns null for an unknown id */
export async function readPerson(db: Database | Transaction, userId: string): Promise<PersonRow | null> {
  const row = await db.user.findUnique({
    where: { id: userId },
    select: {
      username: true,
      displayName: true,
      kind: true,
      deactivatedAt: true,
      memberships: { select: { groupId: true, group: { select: { role: { select: { role: true } } } } } },
    },
  });
  if (row === null) return null;
  const roles = row.memberships.flatMap((each) => (each.group.role === null ? [] : [each.group.role.role]));
  return {
    userId,
    username: row.username,
    displayName: row.displayName,
    kind: row.kind,
    deactivated: row.deactivatedAt !== null,
    role: highestRole(roles),
    groupIds: row.memberships.map((each) => each.groupId),
  };
}
