import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import type { Application } from "#lib/applications/application";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { leniently } from "#lib/pagination";
import type { ConfigurationFile, Program } from "./configuration";
import { envoyPrograms } from "./envoy-files";
import { forwardPrograms } from "./forward-files";
import { ingressProgram } from "./ingress-files";
import { folderFiles, type NginxFacts, siteFile } from "./nginx-files";
import { type GatewayOverview, outcomesOf } from "./overview";
import { gatewaysQuery, listGateways } from "./queries";
import { reachOf } from "./reach";
import { viewGateway } from "./store";
import { conditionNames } from "./store-conditions";
import { readShipped, readShippedEnvoy, readShippedForward } from "./store-shipped";
import { tokenNames } from "./token-names";
import type { GatewayView } from "./view";

const DAY_MS = 24 * 3_600_000;

/** Adds from where each was heard of, and what came of its calls in the last 24 hours. */
async function overviews(gateways: readonly GatewayView[]): Promise<GatewayOverview[]> {
  const gatewayKey = { in: gateways.map(({ key }) => key) };
  const contacts = await database().gatewayContact.findMany({ where: { gatewayKey } });
  const counted = await database().verificationCount.groupBy({
    by: ["gatewayKey", "reason"],
    where: { gatewayKey, hour: { gt: new Date(now() - DAY_MS) } },
    _sum: { count: true },
  });
  return gateways.map((gateway) => ({
    ...gateway,
    lastAddress: contacts.find((each) => each.gatewayKey === gateway.key)?.lastAddress ?? null,
    outcomes: outcomesOf(
      counted
        .filter((each) => each.gatewayKey === gateway.key)
        .map(({ reason, _sum }) => ({ reason, calls: _sum.count ?? 0 })),
    ),
  }));
}

/** Gateways with what came of their calls, for a page of who may see them. */
export const pageOfGateways = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(gatewaysQuery, asked, async (query) => {
    const page = await listGateways(viewer, query);
    return page.ok ? ok({ ...page.value, items: await overviews(page.value.items) }) : page;
  });

/** The configuration of nginx, filled in. */
export type NginxFiles = {
  readonly apiHost: ConfigurationFile;
  readonly mainHost: ConfigurationFile;
  readonly folder: readonly ConfigurationFile[];
};

/** The configuration of one gateway, filled in; nothing for what is no program of others. */
export type GatewayConfiguration =
  | { readonly adapter: "nginx"; readonly files: NginxFiles; readonly programs: readonly Program[] }
  | {
      readonly adapter: "forward" | "envoy";
      readonly programs: readonly Program[];
      /** Headers that tokens' conditions ask for, and that stand in the files of who tells headers by name. */
      readonly conditions: readonly string[];
      /** Keys of its applications that let tokens open a WebSocket: not behind every program they do. */
      readonly webSocket: readonly string[];
      /** The gateway is to report a list of addresses: not every program can. */
      readonly wantsList: boolean;
    }
  | null;

async function configurationOf({
  key,
  adapter,
  applications,
  trustedHops,
  trustedRanges,
}: GatewayView): Promise<GatewayConfiguration> {
  if (adapter === "api") return null;
  const rows = await database().application.findMany({
    where: { key: { in: [...applications] } },
    select: {
      ...{ key: true, credentials: true, webSocket: true },
      routes: { select: { host: true, context: true }, orderBy: [{ host: "asc" }] },
    },
    orderBy: { key: "asc" },
  });
  const { url, verifier: at, verifierTls: tls, grpcPort } = env();
  const verifier = reachOf({ ...at, tls });
  const wantsList = trustedHops > 0;
  const credentials = rows.map((row) => row.credentials as Application["credentials"]);
  const names = tokenNames(credentials, adapter === "nginx" ? [] : await conditionNames(applications));
  const webSocket = rows.flatMap((row) => (row.webSocket ? [row.key] : []));
  const shown = { conditions: names.conditions, webSocket, wantsList };
  const common = { gatewayKey: key, verifier, applications: rows, names, proxies: wantsList ? trustedRanges : [] };
  if (adapter === "forward") {
    return { adapter, programs: forwardPrograms(await readShippedForward(), common), ...shown };
  }
  if (adapter === "envoy") {
    const grpc = reachOf({ ...at, port: grpcPort, tls }, "grpc");
    return { adapter, programs: envoyPrograms(await readShippedEnvoy(), { ...common, grpc }), ...shown };
  }
  const facts: NginxFacts = { gatewayKey: key, portalUrl: url, applications: rows, verifier, names };
  const shipped = await readShipped();
  const files = {
    apiHost: siteFile(shipped, facts, "api-host"),
    mainHost: siteFile(shipped, facts, "main-host"),
    folder: folderFiles(shipped, facts),
  };
  return { adapter, files, programs: [ingressProgram(shipped, facts)] };
}

/**
 * One gateway, what came of its calls, and its configuration, for who may see them.
 * @returns null for everybody else, and for what is no gateway
 */
export async function findGateway(
  viewer: Viewer,
  id: string | undefined,
): Promise<{ gateway: GatewayOverview; configuration: GatewayConfiguration } | null> {
  if (!can(viewer, "gateways.read") || !isId(id)) return null;
  const view = await viewGateway(database(), id);
  if (view === null) return null;
  const [gateway] = await overviews([view]);
  return gateway === undefined ? null : { gateway, configuration: await configurationOf(view) };
}
