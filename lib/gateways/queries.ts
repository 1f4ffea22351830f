import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { beyond, containing, type ListQuery, listQuery, ordered, type Page, pageOf, seekOf } from "#lib/pagination";
import { GATEWAY_COLUMNS, GATEWAY_NOT_FOUND, viewGateway } from "./store";
import { type GatewayView, gatewayView } from "./view";

export const gatewaysQuery = listQuery(["key", "createdAt"]);

/**
 * Lists gateways; `q` looks in their keys.
 * @returns `forbidden` for who is neither administrator nor auditor
 */
export async function listGateways(viewer: Viewer, query: ListQuery): Promise<Result<Page<GatewayView>>> {
  if (!can(viewer, "gateways.read")) return refuse("forbidden", "Only administrators and auditors look at gateways.");
  const seek = seekOf(query);
  if (!seek.ok) return seek;
  const rows = await database().gateway.findMany({
    where: { AND: [query.q ? { key: containing(query.q) } : {}, beyond(seek.value)] },
    orderBy: ordered(seek.value),
    take: seek.value.take,
    select: GATEWAY_COLUMNS,
  });
  const contacts = await database().gatewayContact.findMany({
    where: { gatewayKey: { in: rows.map((row) => row.key) } },
  });
  const heard = new Map(contacts.map((each) => [each.gatewayKey, each.lastContactAt]));
  const byTime = seek.value.column === "createdAt";
  const keyOf = (row: (typeof rows)[number]) => (byTime ? row.createdAt.toISOString() : row.key);
  return ok(pageOf(query, seek.value, rows, keyOf, (row) => gatewayView(row, heard.get(row.key) ?? null)));
}

/** One gateway by id. @returns `not_found` also for what exists but is not for this viewer */
export async function gatewayById(viewer: Viewer, id: string | undefined): Promise<Result<GatewayView>> {
  const view = can(viewer, "gateways.read") && isId(id) ? await viewGateway(database(), id) : null;
  return view === null ? GATEWAY_NOT_FOUND : ok(view);
}

/** One gateway by key. */
export async function gatewayByKey(viewer: Viewer, key: string): Promise<Result<GatewayView>> {
  const row = await database().gateway.findUnique({ where: { key }, select: { id: true } });
  return gatewayById(viewer, row?.id);
}
