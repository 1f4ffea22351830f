import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, leniently, listPage, listQuery, type Page } from "#lib/pagination";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { limitingNetworks } from "./known";
import { readNetworkUses } from "./store";
import type { NetworkUses } from "./uses";
import { type NetworkName, type NetworkRow, type NetworkView, networkName, networkView } from "./view";

const COLUMNS = { name: text("name"), createdAt: time("createdAt") };
export const networksQuery = listQuery(COLUMNS, "name");

type Seen = NetworkName | NetworkView;

/** Everybody signed in reads the names, and the ranges of what limits them; administrators and auditors all ranges. */
async function viewFor(viewer: Viewer): Promise<(row: NetworkRow) => Seen> {
  if (can(viewer, "networks.read") || !("groupIds" in viewer)) return networkView;
  const member = { kind: "person" as const, groupIds: viewer.groupIds };
  const limiting = limitingNetworks(member, await readInstallationFacts(database()));
  return (row) => (limiting.has(row.name) ? networkView(row) : networkName(row));
}

const readPage = <View>(query: ListQuery, view: (row: NetworkRow) => View): Promise<Result<Page<View>>> =>
  listPage({
    ...{ query, columns: COLUMNS, view },
    where: query.q ? [{ name: containing(query.q) }] : [],
    fetch: (ask) => database().network.findMany(ask),
  });

/** Lists networks; `q` looks in their names. */
export async function listNetworks(viewer: Viewer, query: ListQuery): Promise<Result<Page<Seen>>> {
  return readPage<Seen>(query, await viewFor(viewer));
}

/** Networks with their ranges, for a page of who may see them. */
export const pageOfNetworks = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(networksQuery, asked, async (query) =>
    can(viewer, "networks.read") ? readPage(query, networkView) : refuse("forbidden", "Not for you."),
  );

/**
 * One network with its ranges and what names it, for who may see both.
 * @returns null for everybody else, and for what is no network
 */
export async function findNetwork(
  viewer: Viewer,
  id: string | undefined,
): Promise<{ network: NetworkView; uses: NetworkUses } | null> {
  if (!can(viewer, "networks.read") || !isId(id)) return null;
  const row = await database().network.findUnique({ where: { id } });
  if (row === null) return null;
  return { network: networkView(row), uses: await readNetworkUses(database(), row.name, now()) };
}

/** One network by id. */
export async function networkById(viewer: Viewer, id: string | undefined): Promise<Result<Seen>> {
  const row = isId(id) ? await database().network.findUnique({ where: { id } }) : null;
  return row === null ? refuse("not_found", "There is no such network.") : ok((await viewFor(viewer))(row));
}
