import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { parseRef } from "./group";
import { GROUP_COLUMNS, GROUP_NOT_FOUND, visibleGroups } from "./store";
import { type GroupView, groupView } from "./view";

export const groupsQuery = listQuery(["name", "createdAt"]);

/**
 * Lists groups: `q` looks in their names.
 * @returns `forbidden` for who may see none
 */
export async function listGroups(viewer: Viewer, query: ListQuery): Promise<Result<Page<GroupView>>> {
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const where = await visibleGroups(database(), viewer);
  if (where === null) return refuse("forbidden", "Only administrators, auditors and delegates may look at groups.");
  const rows = await database().group.findMany({
    where: { AND: [where, query.q ? { name: containing(query.q) } : {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
    select: GROUP_COLUMNS,
  });
  const byTime = seek.value.column === "createdAt";
  return ok(pageOf(query, seek.value, rows, (row) => (byTime ? row.createdAt.toISOString() : row.name), groupView));
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
