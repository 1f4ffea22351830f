import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { isId } from "#lib/text";
import { type NetworkName, type NetworkView, networkName, networkView } from "./view";

export const networksQuery = listQuery(["name", "createdAt"]);

/** Everybody signed in reads the names; administrators and auditors the ranges too. */
const viewFor = (viewer: Viewer) => (can(viewer, "networks.read") ? networkView : networkName);

/** Lists networks; `q` looks in their names. */
export async function listNetworks(viewer: Viewer, query: ListQuery): Promise<Result<Page<NetworkName | NetworkView>>> {
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const rows = await database().network.findMany({
    where: { AND: [query.q ? { name: containing(query.q) } : {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
  });
  const byTime = seek.value.column === "createdAt";
  const keyOf = (row: (typeof rows)[number]) => (byTime ? row.createdAt.toISOString() : row.name);
  return ok(pageOf<(typeof rows)[number], NetworkName | NetworkView>(query, seek.value, rows, keyOf, viewFor(viewer)));
}

/** One network by id. */
export async function networkById(viewer: Viewer, id: string | undefined): Promise<Result<NetworkName | NetworkView>> {
  const row = isId(id) ? await database().network.findUnique({ where: { id } }) : null;
  return row === null ? refuse("not_found", "There is no such network.") : ok(viewFor(viewer)(row));
}
