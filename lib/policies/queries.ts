import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { type PolicyView, policyView } from "./view";

export const policiesQuery = listQuery(["priority", "name", "createdAt"], "-priority");

const include = { groups: { select: { group: { select: { source: true, externalId: true } } } } } as const;

/**
 * Lists policies, the one that decides first on top; `q` looks in their names.
 * @returns `forbidden` for who is neither administrator nor auditor
 */
export async function listPolicies(viewer: Viewer, query: ListQuery): Promise<Result<Page<PolicyView>>> {
  if (!can(viewer, "policies.read")) {
    return refuse("forbidden", "Only administrators and auditors look at policies. Your own tier is under /me.");
  }
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const rows = await database().policy.findMany({
    where: { AND: [query.q ? { name: containing(query.q) } : {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
    include,
  });
  const keyOf = ({ priority, name, createdAt }: (typeof rows)[number]) =>
    ({ priority, name, createdAt: createdAt.toISOString() })[seek.value.column] ?? "";
  return ok(pageOf(query, seek.value, rows, keyOf, policyView));
}

/** One policy by id. @returns `not_found` also for what exists but is not for this viewer */
export async function policyById(viewer: Viewer, id: string | undefined): Promise<Result<PolicyView>> {
  const row =
    can(viewer, "policies.read") && isId(id) ? await database().policy.findUnique({ where: { id }, include }) : null;
  return row === null ? refuse("not_found", "There is no such policy, or none that you may see.") : ok(policyView(row));
}
