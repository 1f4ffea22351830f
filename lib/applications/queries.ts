import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { type ApplicationName, type ApplicationView, applicationName, applicationView } from "./view";

export const applicationsQuery = listQuery(["key", "name", "createdAt"]);

const include = { routes: true } as const;
type Seen = ApplicationName | ApplicationView;

/** Everybody signed in reads the names; administrators and auditors the rest too. */
const viewFor = (viewer: Viewer) => (can(viewer, "applications.read") ? applicationView : applicationName);

/** Lists applications, the portal's own among them; `q` looks in keys and names. */
export async function listApplications(viewer: Viewer, query: ListQuery): Promise<Result<Page<Seen>>> {
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const text = query.q ? containing(query.q) : null;
  const found = text && { OR: [{ key: text }, { name: text }] };
  const rows = await database().application.findMany({
    where: { AND: [found ?? {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
    include,
  });
  const keyOf = ({ key, name, createdAt }: (typeof rows)[number]) =>
    ({ key, name, createdAt: createdAt.toISOString() })[seek.value.column] ?? "";
  return ok(pageOf<(typeof rows)[number], Seen>(query, seek.value, rows, keyOf, viewFor(viewer)));
}

/** One application by id. */
export async function applicationById(viewer: Viewer, id: string | undefined): Promise<Result<Seen>> {
  const row = isId(id) ? await database().application.findUnique({ where: { id }, include }) : null;
  return row === null ? refuse("not_found", "There is no such application.") : ok(viewFor(viewer)(row));
}
