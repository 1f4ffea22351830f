import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { type ApplicationView, applicationView } from "#lib/applications/view";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { isId } from "#lib/fields";
import { REASONS } from "#lib/verification/reasons";
import { findGateway, type GatewayConfiguration } from "./queries-pages";
import { reachOf } from "./reach";
import { GATEWAY_COLUMNS } from "./store";
import { type GatewayView, gatewayView } from "./view";

const JWKS = "/.well-known/jwks.json";
const DAY_MS = 24 * 3_600_000;
const KNOWN: Readonly<Record<string, { readonly status: number }>> = REASONS;

/** How far an application is connected: by which gateway, with which configuration, and what has come so far. */
export type Connection = {
  readonly application: Pick<ApplicationView, "id" | "key" | "name" | "kind" | "routes" | "rules">;
  /** What it verifies a signed assertion by; null where it is sent none. */
  readonly assertion: { readonly keys: string; readonly issuer: string; readonly audience: string } | null;
  /** The gateway that asks about it, or the one that was asked for; null while there is none. */
  readonly gateway: GatewayView | null;
  readonly configuration: GatewayConfiguration;
  /** Gateways that could ask about it too. */
  readonly others: readonly GatewayView[];
  /** Questions about it in the last 24 hours, by what came with them. */
  readonly calls: readonly { readonly auth: string; readonly allowed: boolean; readonly calls: number }[];
};

const MOST_GATEWAYS = 100;

/**
 * How far an application is connected, for who may see gateways.
 * @returns null for everybody else, and for what is no application
 */
export async function findConnection(viewer: Viewer, id: string | undefined): Promise<Connection | null> {
  if (!can(viewer, "gateways.read") || !isId(id)) return null;
  const row = await database().application.findUnique({ where: { id }, include: { routes: true } });
  if (row === null) return null;
  const { key, name, kind, routes, rules, identity } = applicationView(row);
  const { verifier, verifierTls: tls } = env();
  const { address, by } = reachOf({ ...verifier, tls });
  const keys =
    by === "socket" ? `${JWKS} on the socket of the verifier` : `http${by === "clear" ? "" : "s"}://${address}${JWKS}`;
  const rows = await database().gateway.findMany({
    select: GATEWAY_COLUMNS,
    orderBy: { key: "asc" },
    take: MOST_GATEWAYS,
  });
  const gateways = rows.map((row) => gatewayView(row, null));
  const asking = gateways.find(({ applications }) => applications.includes(key));
  const found = asking === undefined ? null : await findGateway(viewer, asking.id);
  const settings = await database().settings.findUnique({ where: { id: 1 }, select: { boundUrl: true } });
  const counted = await database().verificationCount.findMany({
    where: { applicationKey: key, hour: { gt: new Date(now() - DAY_MS) } },
    select: { auth: true, reason: true, count: true },
  });
  return {
    application: { id, key, name, kind, routes, rules },
    assertion: identity === "jwt" ? { keys, issuer: settings?.boundUrl ?? "", audience: key } : null,
    gateway: found?.gateway ?? null,
    configuration: found?.configuration ?? null,
    others: gateways.filter(({ applications }) => !applications.includes(key)),
    calls: counted.map(({ auth, reason, count }) => ({
      auth,
      allowed: KNOWN[reason]?.status === 200,
      calls: Number(count),
    })),
  };
}
