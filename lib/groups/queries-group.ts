import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { type Database, database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { leniently, type Page } from "#lib/pagination";
import { groupsQuery, listGroups } from "./queries";
import type { MembersByRole } from "./role-change";
import { GROUP_COLUMNS } from "./store";
import { readGroupUses } from "./store-uses";
import type { GroupUses } from "./uses";
import { type GroupView, groupView, type ListedGroup } from "./view";

/** A group with what names it, and whom a change of its role would concern. */
export type FoundGroup = {
  readonly group: GroupView;
  readonly uses: GroupUses;
  readonly membersByRole: MembersByRole;
};

/** Active persons in a group, by the role that their other groups give them. */
async function membersByRole(db: Database, groupId: string): Promise<MembersByRole> {
  const rows = await db.$queryRaw<{ role: "user" | "auditor" | "admin"; people: bigint }[]>`
    SELECT coalesce(elsewhere.role, 'user') AS role, count(*) AS people
    FROM memberships m
    JOIN users u ON u.id = m.user_id AND u.kind = 'person' AND u.deactivated_at IS NULL
    LEFT JOIN (
      SELECT o.user_id, CASE WHEN bool_or(r.role = 'admin') THEN 'admin' ELSE 'auditor' END AS role
      FROM role_mappings r JOIN memberships o ON o.group_id = r.group_id
      WHERE r.group_id <> ${groupId}::uuid
      GROUP BY o.user_id
    ) AS elsewhere ON elsewhere.user_id = m.user_id
    WHERE m.group_id = ${groupId}::uuid
    GROUP BY 1`;
  const count = (role: string) => Number(rows.find((row) => row.role === role)?.people ?? 0n);
  return { user: count("user"), auditor: count("auditor"), admin: count("admin") };
}

/**
 * One group with what names it, for administrators and auditors.
 * @returns null for everybody else, and for what does not exist
 */
export async function findGroup(viewer: Viewer, id: string | undefined): Promise<FoundGroup | null> {
  if (!can(viewer, "groups.read") || !isId(id)) return null;
  const db = database();
  const row = await db.group.findUnique({ where: { id }, select: GROUP_COLUMNS });
  if (row === null) return null;
  const [uses, byRole] = await Promise.all([readGroupUses(db, id), membersByRole(db, id)]);
  return { group: groupView(row), uses, membersByRole: byRole };
}

async function withUses(page: Page<GroupView>): Promise<Result<Page<ListedGroup>>> {
  const rows = await database().group.findMany({
    where: { id: { in: page.items.map(({ id }) => id) } },
    select: {
      id: true,
      policies: { select: { policy: { select: { name: true } } }, take: 20 },
      delegates: { select: { delegation: { select: { name: true } } }, take: 20 },
      _count: { select: { scopes: true, maintains: true } },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = page.items.map((group) => {
    const row = byId.get(group.id);
    return {
      group,
      tiers: (row?.policies ?? []).map(({ policy }) => policy.name).sort(),
      delegations: (row?.delegates ?? []).map(({ delegation }) => delegation.name).sort(),
      scopes: row?._count.scopes ?? 0,
      accounts: row?._count.maintains ?? 0,
    };
  });
  return ok({ ...page, items });
}

/** Groups with what they give, for a page of who may see them. */
export const pageOfGroups = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(groupsQuery, asked, async (query) => {
    const found = await listGroups(viewer, query);
    return found.ok ? withUses(found.value) : found;
  });
