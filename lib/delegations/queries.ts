import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { delegatedScope } from "./store";
import { type DelegationView, delegationView } from "./view";

export const delegationsQuery = listQuery(["name", "createdAt"]);

const group = { select: { group: { select: { source: true, externalId: true } } } } as const;
const include = { delegates: group, scopeGroups: group } as const;

/** The delegations that a viewer may see; null for nobody. Admins and auditors all, delegates their own. */
async function visible(viewer: Viewer): Promise<Prisma.DelegationWhereInput | null> {
  if (can(viewer, "delegations.read")) return {};
  const scope = await delegatedScope(database(), viewer);
  return scope && { id: { in: [...scope.delegationIds] } };
}

/**
 * Lists delegations; `q` looks in their names.
 * @returns `forbidden` for who may see none
 */
export async function listDelegations(viewer: Viewer, query: ListQuery): Promise<Result<Page<DelegationView>>> {
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const where = await visible(viewer);
  if (where === null) {
    return refuse("forbidden", "Only administrators, auditors and delegates may look at delegations.");
  }
  const rows = await database().delegation.findMany({
    where: { AND: [where, query.q ? { name: containing(query.q) } : {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
    include,
  });
  const byTime = seek.value.column === "createdAt";
  return ok(
    pageOf(query, seek.value, rows, (row) => (byTime ? row.createdAt.toISOString() : row.name), delegationView),
  );
}

/** One delegation by id. @returns `not_found` also for what exists but is not for this viewer */
export async function delegationById(viewer: Viewer, id: string | undefined): Promise<Result<DelegationView>> {
  const where = isId(id) ? await visible(viewer) : null;
  const row = where && (await database().delegation.findFirst({ where: { AND: [where, { id: id ?? "" }] }, include }));
  return row === null
    ? refuse("not_found", "There is no such delegation, or none that you may see.")
    : ok(delegationView(row));
}
