import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { GATEWAY_COLUMNS, GATEWAY_NOT_FOUND, viewGateway } from "./store";
import { type GatewayView, gatewayView } from "./view";

const COLUMNS = { key: text("key"), createdAt: time("createdAt") };
export const gatewaysQuery = listQuery(COLUMNS, "key");

/**
 * Lists gateways; `q` looks in their keys.
 * @returns `forbidden` for who is neither administrator nor auditor
 */
export async function listGateways(viewer: Viewer, query: ListQuery): Promise<Result<Page<GatewayView>>> {
  if (!can(viewer, "gateways.read")) return refuse("forbidden", "Only administrators and auditors look at gateways.");
  return listPage({
    ...{ query, columns: COLUMNS },
    where: [query.q ? { key: containing(query.q) } : {}],
    fetch: async (ask) => {
      const rows = await database().gateway.findMany({ ...ask, select: GATEWAY_COLUMNS });
      const gatewayKey = { in: rows.map((row) => row.key) };
      const contacts = await database().gatewayContact.findMany({ where: { gatewayKey } });
      const heard = new Map(contacts.map((each) => [each.gatewayKey, each.lastContactAt]));
      return rows.map((row) => ({ ...row, heard: heard.get(row.key) ?? null }));
    },
    view: ({ heard, ...row }) => gatewayView(row, heard),
  });
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
