import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { number, text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { type PolicyView, policyView } from "./view";

const COLUMNS = { priority: number("priority"), name: text("name"), createdAt: time("createdAt") };
export const policiesQuery = listQuery(COLUMNS, "-priority");

const include = { groups: { select: { group: { select: { source: true, externalId: true } } } } } as const;

/**
 * Lists policies, the one that decides first on top; `q` looks in their names.
 * @returns `forbidden` for who is neither administrator nor auditor
 */
export async function listPolicies(viewer: Viewer, query: ListQuery): Promise<Result<Page<PolicyView>>> {
  if (!can(viewer, "policies.read")) {
    return refuse("forbidden", "Only administrators and auditors look at policies. Your own tier is under /me.");
  }
  return listPage({
    ...{ query, columns: COLUMNS, view: policyView },
    where: [query.q ? { name: containing(query.q) } : {}],
    fetch: (ask) => database().policy.findMany({ ...ask, include }),
  });
}

/** One policy by id. @returns `not_found` also for what exists but is not for this viewer */
export async function policyById(viewer: Viewer, id: string | undefined): Promise<Result<PolicyView>> {
  const row =
    can(viewer, "policies.read") && isId(id) ? await database().policy.findUnique({ where: { id }, include }) : null;
  return row === null ? refuse("not_found", "There is no such policy, or none that you may see.") : ok(policyView(row));
}
