import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { type KnownApplication, knownApplications } from "./known";
import {
  type ApplicationName,
  type ApplicationRow,
  type ApplicationView,
  applicationName,
  applicationView,
} from "./view";

export const APPLICATION_COLUMNS = { key: text("key"), name: text("name"), createdAt: time("createdAt") };
export const applicationsQuery = listQuery(APPLICATION_COLUMNS, "key");

const include = { routes: true } as const;
type Seen = ApplicationName | ApplicationView;

/** Everybody signed in reads the names; administrators and auditors the rest too. */
const viewFor = (viewer: Viewer) => (can(viewer, "applications.read") ? applicationView : applicationName);

/** Lists applications, the portal's own among them; `q` looks in keys and names. */
export async function listApplications(viewer: Viewer, query: ListQuery): Promise<Result<Page<Seen>>> {
  const text = query.q ? containing(query.q) : null;
  const view: (row: ApplicationRow) => Seen = viewFor(viewer);
  return listPage({
    ...{ query, columns: APPLICATION_COLUMNS, view },
    where: text === null ? [] : [{ OR: [{ key: text }, { name: text }] }],
    fetch: (ask) => database().application.findMany({ ...ask, include }),
  });
}

/** One application by id. */
export async function applicationById(viewer: Viewer, id: string | undefined): Promise<Result<Seen>> {
  const row = isId(id) ? await database().application.findUnique({ where: { id }, include }) : null;
  return row === null ? refuse("not_found", "There is no such application.") : ok(viewFor(viewer)(row));
}

/** What pages call applications, and where requests to them go: the same for everybody signed in. */
export async function applicationNames(_viewer: Viewer): Promise<readonly KnownApplication[]> {
  const rows = await database().application.findMany({
    select: {
      key: true,
      name: true,
      kind: true,
      routes: { select: { host: true, context: true }, orderBy: [{ host: "asc" }, { context: "asc" }] },
    },
  });
  return knownApplications(rows, env().url);
}
