import type { OriginalRequest } from "#lib/verification/request";
import { codeOf } from "#server/start-failure";
import { type CheckClient, checkClient } from "#test/check-client";
import { createInstallation } from "#test/installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { type RawAnswer, rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";
import { NETWORK, PARAMETERS, PROXIES } from "./naive";
import { PLACES } from "./places";
import type { Wire } from "./shapes";
import { ASK, type Asked } from "./wires";

/** A real verifier with a gateway for each wire, the applications of places.ts, and the token of naive.ts. */
export type House = {
  readonly at: TestPlane;
  readonly token: Issued;
  readonly envoy: CheckClient;
  /** Sends what is asked as it is. Throws where nothing comes, and the connection stays. */
  readonly send: (asked: Asked) => Promise<RawAnswer | "reset">;
  /** A sample of the metrics that the verifier tells. */
  readonly metric: (sample: string) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A request that the token may make, without it. */
export const GOOD: OriginalRequest = {
  ...{ method: "GET", target: "/rest/api/2/myself", host: "jira.corp", proto: "https", clientAddress: "192.0.2.7" },
  headers: [],
};

const ADAPTERS = { gw1: "nginx", fwd: "forward", envoy: "envoy", api: "api" } as const;
/** The same wires, asked by a gateway that believes the proxies in front of it. */
const BEHIND_PROXIES = { fwdbehind: "forward", envoybehind: "envoy" } as const;
const KINDS = { jira: "jira", docs: "generic", git: "bitbucket", wiki: "confluence" } as const;

/** Whoever hangs up on what is not HTTP has no word for it; silence is another thing. */
function resetOr(error: unknown): "reset" {
  if (["ECONNRESET", "EPIPE"].includes(codeOf(error))) return "reset";
  throw error;
}

export async function openHouse(): Promise<House> {
  const installation = await createInstallation();
  const { db, database } = installation;
  const applications: string[] = [];
  for (const key of PLACES) {
    const routes = { create: [{ host: "jira.corp", context: key === "jira" ? "" : `/${key}` }] };
    const credentials = { basic: true, bearer: true, header: "X-Api-Token", query: PARAMETERS[key] };
    const some = { routes, credentials, introspectRestricted: key === "jira" };
    applications.push(await seedApplication(db, key, KINDS[key], some));
  }
  for (const [key, adapter] of Object.entries(ADAPTERS))
    await seedGateway(db, key, GATEWAY_SECRET, applications, { adapter });
  const believed = { trustedHops: PROXIES.hops, trustedRanges: [...PROXIES.ranges] };
  for (const [key, adapter] of Object.entries(BEHIND_PROXIES))
    await seedGateway(db, key, GATEWAY_SECRET, applications, { adapter, ...believed });
  const { id } = await installation.person("maria", ["api-users"]);
  const token = await seedToken(db, id, { access: "read", ipRanges: [NETWORK] });
  const at = await startPlane(database.verifierUrl, "v1");
  const envoy = checkClient(`127.0.0.1:${at.grpcPort}`);
  const send = ({ lines, body }: Asked) => rawRequest({ address: "127.0.0.1", port: at.port }, lines, body);
  const asked = (wire: Wire) => ASK[wire]({ ...GOOD, headers: ["Authorization", `Bearer ${token.secret}`] });
  await waitUntil("the token in memory", async () => ((await send(asked("nginx"))).status === 200 ? true : undefined));
  return {
    ...{ at, token, envoy },
    send: (some) => send(some).catch(resetOr),
    async metric(sample) {
      const text = await (await fetch(`http://127.0.0.1:${at.managementPort}/metrics`)).text();
      const line = text.split("\n").find((each) => each.startsWith(`${sample} `));
      return Number(line?.split(" ").at(-1) ?? 0);
    },
    async close() {
      envoy.close();
      await at.stop();
      await installation.close();
    },
  };
}
