import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { parseRef } from "./group";
import { GROUP_COLUMNS, GROUP_NOT_FOUND, visibleGroups } from "./store";
import { type GroupView, groupView } from "./view";

const COLUMNS = { name: text("name"), createdAt: time("createdAt") };
export const groupsQuery = listQuery(COLUMNS, "name");

/**
 * Lists groups: `q` looks in their names.
 * @returns `forbidden` for who may see none
 */
export async function listGroups(viewer: Viewer, query: ListQuery): Promise<Result<Page<GroupView>>> {
  const where = await visibleGroups(database(), viewer);
  if (where === null) return refuse("forbidden", "Only administrators, auditors and delegates may look at groups.");
  return listPage({
    ...{ query, columns: COLUMNS, view: groupView },
    where: [where, query.q ? { name: containing(query.q) } : {}],
    fetch: (ask) => database().group.findMany({ ...ask, select: GROUP_COLUMNS }),
  });
}

/** One group by id. @returns `not_found` also for what exists but is not for this viewer */
export async function groupById(viewer: Viewer, id: string | undefined): Promise<Result<GroupView>> {
  return isId(id) ? readGroup(viewer, { id }) : GROUP_NOT_FOUND;
}

/** One group by ref. */
export async function groupByRef(viewer: Viewer, ref: string): Promise<Result<GroupView>> {
  return readGroup(viewer, parseRef(ref));
}

async function readGroup(viewer: Viewer, which: { id: string } | ReturnType<typeof parseRef>) {
  const where = await visibleGroups(database(), viewer);
  if (where === null) return GROUP_NOT_FOUND;
  const row = await database().group.findFirst({ where: { AND: [where, which] }, select: GROUP_COLUMNS });
  return row === null ? GROUP_NOT_FOUND : ok(groupView(row));
}
