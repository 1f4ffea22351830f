import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { type Result, refuse } from "#lib/errors/error";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { MOST_VIEWS, type SavedView, savedView } from "./view";

const COLUMNS = { name: text("nameKey"), createdAt: time("createdAt") };
export const viewsQuery = listQuery(COLUMNS, "name");

/** A viewer's own saved views, page by page. @returns `forbidden` for the operator, who keeps none */
export async function listViews(viewer: Viewer, query: ListQuery): Promise<Result<Page<SavedView>>> {
  if (!("userId" in viewer)) return refuse("forbidden", "The command line keeps no views.");
  return listPage({
    ...{ query, columns: COLUMNS, view: savedView },
    where: [{ ownerId: viewer.userId }, query.q ? { name: containing(query.q) } : {}],
    fetch: (ask) => database().savedView.findMany(ask),
  });
}

/** All of them by name, for the page. */
export async function ownViews(viewer: Viewer): Promise<readonly SavedView[]> {
  if (!("userId" in viewer)) return [];
  const rows = await database().savedView.findMany({
    where: { ownerId: viewer.userId },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: MOST_VIEWS,
  });
  return rows.map(savedView);
}
