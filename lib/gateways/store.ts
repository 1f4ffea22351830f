import { can } from "#lib/access/can";
import type { Actor } from "#lib/access/viewer";
import type { Database, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type GatewayView, gatewayView } from "./view";

/** What a gateway's view is made of; digests stay where they are. */
export const GATEWAY_COLUMNS = {
  id: true,
  key: true,
  adapter: true,
  peers: true,
  trustedHops: true,
  trustedRanges: true,
  previousUntil: true,
  createdAt: true,
  version: true,
  applications: { select: { application: { select: { key: true } } } },
} as const;

export const GATEWAY_NOT_FOUND = refuse("not_found", "There is no such gateway, or none that you may see.");

/** Reads one gateway as shown; null when there is none of that id. */
export async function viewGateway(db: Database | Transaction, id: string): Promise<GatewayView | null> {
  const row = await db.gateway.findUnique({ where: { id }, select: GATEWAY_COLUMNS });
  if (row === null) return null;
  const contact = await db.gatewayContact.findUnique({ where: { gatewayKey: row.key } });
  return gatewayView(row, contact?.lastContactAt ?? null);
}

/** Whether anything is recorded of a gateway's calls. */
export async function hasCalled(tx: Transaction, gatewayKey: string): Promise<boolean> {
  const contact = await tx.gatewayContact.findUnique({ where: { gatewayKey }, select: { gatewayKey: true } });
  if (contact !== null) return true;
  const counted = await tx.verificationCount.findFirst({ where: { gatewayKey }, select: { gatewayKey: true } });
  return counted !== null;
}

/** Locks a gateway's row, if the actor may see it. */
export async function lockGateway(tx: Transaction, actor: Actor, id: string): Promise<Result<GatewayView>> {
  if (!can(actor, "gateways.read")) return GATEWAY_NOT_FOUND;
  await tx.$executeRaw`SELECT id FROM gateways WHERE id = ${id}::uuid FOR UPDATE`;
  const view = await viewGateway(tx, id);
  return view === null ? GATEWAY_NOT_FOUND : ok(view);
}
