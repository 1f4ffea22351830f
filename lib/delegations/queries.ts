import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { delegatedScope } from "./store";
import { type DelegationView, delegationView } from "./view";

const COLUMNS = { name: text("name"), createdAt: time("createdAt") };
export const delegationsQuery = listQuery(COLUMNS, "name");

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
  const where = await visible(viewer);
  if (where === null) {
    return refuse("forbidden", "Only administrators, auditors and delegates may look at delegations.");
  }
  return listPage({
    ...{ query, columns: COLUMNS, view: delegationView },
    where: [where, query.q ? { name: containing(query.q) } : {}],
    fetch: (ask) => database().delegation.findMany({ ...ask, include }),
  });
}

/** One delegation by id. @returns `not_found` also for what exists but is not for this viewer */
export async function delegationById(viewer: Viewer, id: string | undefined): Promise<Result<DelegationView>> {
  const where = isId(id) ? await visible(viewer) : null;
  const row = where && (await database().delegation.findFirst({ where: { AND: [where, { id: id ?? "" }] }, include }));
  return row === null
    ? refuse("not_found", "There is no such delegation, or none that you may see.")
    : ok(delegationView(row));
}
