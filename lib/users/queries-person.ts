import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { readPolicies } from "#lib/policies/store";
import { membershipView, type Person, powersAround, tiersOf } from "./person";
import { USER_COLUMNS } from "./store";
import { activeMaintainer } from "./store-filter";
import { readTraces } from "./store-traces";
import { tracesInWords } from "./traces";
import { userView } from "./view";

const MOST = 200;

const ref = { select: { id: true, source: true, externalId: true } } as const;
const DELEGATION = {
  id: true,
  name: true,
  powers: true,
  scopeEveryone: true,
  scopeServiceAccounts: true,
  delegates: { select: { group: ref } },
  scopeGroups: { select: { groupId: true } },
} as const;

/**
 * One user with where everything comes from, for administrators and auditors.
 * @returns null for everybody else, and for who does not exist
 */
export async function findPerson(viewer: Viewer, id: string | undefined): Promise<Person | null> {
  if (!can(viewer, "users.read") || !isId(id)) return null;
  const db = database();
  const row = await db.user.findUnique({ where: { id }, select: USER_COLUMNS });
  if (row === null) return null;
  const [policies, delegations, memberRows, maintained, looksAfter, traces] = await Promise.all([
    readPolicies(db),
    db.delegation.findMany({ select: DELEGATION, orderBy: { name: "asc" } }),
    db.membership.findMany({
      where: { userId: id },
      select: {
        addedAt: true,
        addedBy: true,
        group: { select: { ...ref.select, role: { select: { role: true } } } },
      },
      orderBy: { group: { name: "asc" } },
    }),
    db.user.findMany({
      where: { maintainers: { some: { OR: [{ userId: id }, { group: { members: { some: { userId: id } } } }] } } },
      select: { id: true, username: true },
      orderBy: { usernameKey: "asc" },
      take: MOST,
    }),
    db.maintainer.findFirst({ where: { AND: [{ accountId: id }, activeMaintainer()] }, select: { id: true } }),
    readTraces(db, id),
  ]);
  const memberships = memberRows.map(membershipView);
  const groupIds = memberships.map(({ groupId }) => groupId);
  return {
    user: userView(row, policies),
    memberships,
    tiers: tiersOf(row.kind, memberships, policies),
    ...powersAround(row.kind, groupIds, delegations),
    maintained,
    orphaned: row.kind === "service" && looksAfter === null,
    traces: tracesInWords(traces),
  };
}
