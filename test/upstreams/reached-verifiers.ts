import type { Reach } from "#lib/gateways/reach";
import { createLog } from "#lib/log";
import { openCertificate } from "#server/certificate";
import { certificateFolder, type Pem } from "../certificates";
import { createInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane } from "../plane";
import { seedApplication, seedGateway, seedToken } from "../seeded";
import { API_HOST, type ForwardSite, MAIN_HOST } from "./forwarding";
import { startJira } from "./jira";
import type { Upstream } from "./recorder";

export const WAYS = ["socket", "tls", "mutual"] as const;
export type By = (typeof WAYS)[number];
/** Of gateways with the adapters nginx, forward and envoy. */
export type GatewayKey = "gw1" | "forward" | "envoy";

/** Real verifiers that are reached in each way, before one Jira. */
export type ReachedVerifiers = {
  readonly jira: Upstream;
  readonly secret: string;
  /** From now on the verifiers show this certificate, and one of them believes that gateway alone. */
  readonly show: (own?: Pem, gateway?: Pem) => void;
  readonly site: (by: By, gatewayKey: GatewayKey, asks?: "HTTP" | "gRPC") => ForwardSite & { gatewayKey: string };
  readonly close: () => Promise<void>;
};

type Given = { own: Pem | undefined; gateway: Pem | undefined; believed: readonly (Pem | undefined)[] };

/** Writes the gateway's files, opens the verifiers, and waits until they can decide. */
export async function openReached({ own, gateway, believed }: Given): Promise<ReachedVerifiers> {
  const folder = certificateFolder();
  const shown = (mine?: Pem, theirs?: Pem) =>
    folder.write({ "cert.pem": mine?.cert ?? "", "key.pem": mine?.key ?? "", "clients.pem": theirs?.cert ?? "" });
  shown(own, gateway);
  folder.write({
    ...{ "verifier-ca.pem": believed.map((each) => each?.cert).join("\n"), "gateway.pem": gateway?.cert ?? "" },
    ...{ "gateway.key": gateway?.key ?? "", "gateway-and-key.pem": `${gateway?.cert}\n${gateway?.key}` },
  });
  const installation = await createInstallation();
  const { db, database } = installation;
  const routes = { create: [API_HOST, MAIN_HOST].map((host) => ({ host, context: "" })) };
  const application = await seedApplication(db, "jira", "jira", { identity: "header", routes });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [application]);
  for (const key of ["forward", "envoy"] as const)
    await seedGateway(db, key, GATEWAY_SECRET, [application], { adapter: key });
  const { secret } = await seedToken(db, (await installation.person("maria", ["api-users"])).id);

  const log = createLog("error", { write: () => undefined }, Date.now);
  const files = { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined };
  const tls = openCertificate(files, log);
  const mutual = openCertificate({ ...files, clientCa: folder.path("clients.pem") }, log);
  const start = (by: By, certificate = tls) =>
    startPlane(
      ...([database.verifierUrl, by, 10] as const),
      by === "socket" ? { verifier: { bind: `unix:${folder.path("run")}`, port: 0 } } : { certificate },
    );
  const planes = { socket: await start("socket"), tls: await start("tls"), mutual: await start("mutual", mutual) };
  const reach = (by: By, asks: "HTTP" | "gRPC"): Reach => {
    const { plane, port, grpcPort } = planes[by];
    const socket = asks === "HTTP" ? plane.addresses.verifier : plane.addresses.grpc;
    return { address: by === "socket" ? socket : `127.0.0.1:${asks === "HTTP" ? port : grpcPort}`, by };
  };
  const jira = await startJira();
  return {
    ...{ jira, secret },
    show(mine, theirs) {
      shown(mine, theirs);
      for (const each of [tls, mutual]) each.reload();
    },
    site: (by, gatewayKey, asks = "HTTP") => ({
      ...{ gatewayKey, gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST },
      ...{ verifierPort: 0, upstreamPort: jira.port, reach: reach(by, asks), certificates: folder.path(".") },
    }),
    async close() {
      await Promise.all(Object.values(planes).map(({ stop }) => stop()));
      await jira.stop();
      await installation.close();
      folder.remove();
    },
  };
}
