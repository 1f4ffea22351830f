import { can } from "#lib/access/can";
import type { Caller } from "#lib/access/viewer";
import type { Database, Prisma, Transaction } from "#lib/db/client";
import { delegatedScope } from "#lib/delegations/store";
import { ok, refuse } from "#lib/errors/error";
import { type GroupView, groupView } from "./view";

/** What a group's view is made of. */
export const GROUP_COLUMNS = {
  id: true,
  source: true,
  externalId: true,
  name: true,
  createdAt: true,
  version: true,
  role: { select: { role: true } },
  _count: { select: { members: true } },
} as const;

export const GROUP_NOT_FOUND = refuse("not_found", "There is no such group, or none that you may see.");

/** The groups that somebody may see; null for nobody. Admins and auditors all, delegates those in their scope. */
export async function visibleGroups(
  db: Database | Transaction,
  viewer: Caller,
): Promise<Prisma.GroupWhereInput | null> {
  if (viewer.kind === "visitor") return null;
  if (can(viewer, "groups.read")) return {};
  const scope = await delegatedScope(db, viewer);
  return scope && { id: { in: [...scope.groupIds] } };
}

/** Reads one group as shown. @throws when there is none of that id */
export async function viewGroup(db: Database | Transaction, id: string): Promise<GroupView> {
  return groupView(await db.group.findUniqueOrThrow({ where: { id }, select: GROUP_COLUMNS }));
}

/** Locks a group, if the actor may see it: members come and go one command after the other. */
export async function lockMembers(tx: Transaction, actor: Caller, id: string) {
  const where = await visibleGroups(tx, actor);
  if (where === null) return GROUP_NOT_FOUND;
  await tx.$executeRaw`SELECT id FROM groups WHERE id = ${id}::uuid FOR UPDATE`;
  const group = await tx.group.findFirst({ where: { AND: [where, { id }] }, select: GROUP_COLUMNS });
  return group === null ? GROUP_NOT_FOUND : ok(group);
}

/** A user's groups are part of the user: whoever read them before these changed, changes something stale. */
export async function noteChange(tx: Transaction, users: Prisma.UserWhereInput): Promise<void> {
  await tx.user.updateMany({ where: users, data: { version: { increment: 1 } } });
}
