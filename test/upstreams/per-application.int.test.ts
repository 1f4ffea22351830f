import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { startApisix } from "./apisix";
import type { EmulatedSite } from "./emulated";
import { startEnvoy } from "./envoy";
import { startIstio } from "./istio";
import { startJira } from "./jira";
import { startKong } from "./kong";
import { startFromPage } from "./page-programs";
import type { Running } from "./program";
import { type RawAnswer, rawRequest } from "./raw-request";
import type { Upstream } from "./recorder";
import { startTraefik } from "./traefik";
import { waitUntil } from "./wait-until";

// The files of the gateway's page for several applications: the host that is judged is the one that chose the application.

type Gateway = {
  readonly key: string;
  readonly grpc?: true;
  /** It refuses a request line with an address, whatever that is. */
  readonly refusesAddresses?: true;
  /** It asks about every name, and leaves it to the verifier to refuse what is no application's. */
  readonly asksAboutAll?: true;
  readonly start: (site: EmulatedSite) => Promise<Running>;
};
const GATEWAYS: Readonly<Record<string, Gateway>> = {
  "emulated Envoy, asked by HTTP": { key: "envoy", start: (site) => startEnvoy("HTTP", site) },
  "emulated Envoy, asked by gRPC": { key: "envoy", grpc: true, start: (site) => startEnvoy("gRPC", site) },
  "emulated Istio": { key: "envoy", asksAboutAll: true, start: startIstio },
  "emulated Traefik": { key: "forward", start: startTraefik },
  "emulated APISIX": { key: "forward", start: startApisix },
  "emulated Kong": { key: "forward", start: startKong },
  "real Caddy": { key: "forward", start: (site) => startFromPage("Caddy", site) },
  "real HAProxy": { key: "forward", start: (site) => startFromPage("HAProxy", site) },
  "real Apache": { key: "forward", refusesAddresses: true, start: (site) => startFromPage("Apache httpd", site) },
};
const KEYS = ["jira", "wiki"] as const;
type Key = (typeof KEYS)[number];
const OTHER = { jira: "wiki", wiki: "jira" } as const;

let installation: TestInstallation;
let plane: TestPlane;
let upstreams: Record<Key, Upstream>;
let tokens: Record<Key, Issued>;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const ids = [];
  for (const key of KEYS) ids.push(await seedApplication(db, key, "jira", { identity: "header" }));
  for (const key of ["envoy", "forward"] as const) await seedGateway(db, key, GATEWAY_SECRET, ids, { adapter: key });
  const { id } = await installation.person("maria", ["api-users"]);
  const only = (key: Key) => seedToken(db, id, { allApplications: false, applications: [key] });
  tokens = { jira: await only("jira"), wiki: await only("wiki") };
  plane = await startPlane(database.verifierUrl, "v1");
  upstreams = { jira: await startJira(), wiki: await startJira() };
});
afterAll(async () => {
  await Promise.all([plane.stop(), upstreams.jira.stop(), upstreams.wiki.stop()]);
  await installation.close();
});

const hosts = () => KEYS.map((key) => [key, upstreams[key].take().map(({ headers }) => headers.host?.join())]);
const bearer = ({ secret }: Issued) => `Authorization: Bearer ${secret}`;
const MYSELF = "/rest/api/2/myself";

describe.each(Object.entries(GATEWAYS))("the page's files for the %s and two applications", (_name, gateway) => {
  let running: Running;
  /** Again while a busy machine misses the verifier's deadline. */
  const ask = (...lines: string[]): Promise<RawAnswer> =>
    waitUntil("it is decided", async () => {
      const answer = await rawRequest({ address: "127.0.0.1", port: running.port }, lines);
      return answer.status === 503 ? undefined : answer;
    });

  beforeAll(async () => {
    running = await gateway.start({
      ...{ verifierPort: gateway.grpc ? plane.grpcPort : plane.port, gatewayKey: gateway.key },
      ...{
        gatewaySecret: GATEWAY_SECRET,
        apiHost: "jira.corp",
        mainHost: "main.corp",
        upstreamPort: upstreams.jira.port,
      },
      beside: [{ key: "wiki", host: "wiki.corp", port: upstreams.wiki.port }],
    });
  });
  afterAll(() => running.stop());
  beforeEach(() => void hosts());

  test("lead each host to its own application, in any case and with a port", async () => {
    for (const key of KEYS) {
      for (const host of [`${key}.corp`, `${key.toUpperCase()}.Corp:8443`]) {
        expect((await ask(`GET ${MYSELF} HTTP/1.1`, `Host: ${host}`, bearer(tokens[key]))).status).toBe(200);
        expect(Object.fromEntries(hosts())).toEqual({ [key]: [host], [OTHER[key]]: [] });
      }
      const wrong = await ask(`GET ${MYSELF} HTTP/1.1`, `Host: ${key}.corp`, bearer(tokens[OTHER[key]]));
      expect([wrong.status, hosts().flatMap(([, arrived]) => arrived)]).toEqual([expect.any(Number), []]);
      expect([401, 403]).toContain(wrong.status);
    }
  });

  test("let a token reach its own application alone, whatever host the request line and the Host line say", async () => {
    for (const key of KEYS)
      for (const named of KEYS)
        for (const line of KEYS) {
          const asked = [`GET http://${named}.corp${MYSELF} HTTP/1.1`, `Host: ${line}.corp`, bearer(tokens[key])];
          const { status } = await ask(...asked);
          const arrived = Object.fromEntries(hosts());
          expect([asked, arrived[OTHER[key]]]).toEqual([asked, []]);
          const passes = named === key && line === key && !gateway.refusesAddresses;
          if (passes) expect([status, arrived[key]]).toEqual([200, [`${key}.corp`]]);
          for (const host of arrived[key] ?? []) expect([asked, host]).toEqual([asked, `${key}.corp`]);
        }
  });

  test("refuse a name that is no application's, and two names", async () => {
    const names = ["evil.corp", "wiki.corp.evil.corp", "wiki.corp@jira.corp", "wiki.corp,jira.corp", "127.0.0.1"];
    for (const name of names)
      for (const lines of [
        [`GET ${MYSELF} HTTP/1.1`, `Host: ${name}`],
        [`GET http://${name}${MYSELF} HTTP/1.1`, `Host: ${name}`],
        [`GET ${MYSELF} HTTP/1.1`, `Host: ${name}`, "Host: jira.corp"],
        [`GET ${MYSELF} HTTP/1.1`, "Host: jira.corp", `Host: ${name}`],
      ])
        for (const token of [tokens.jira, tokens.wiki]) {
          const { status } = await ask(...lines, bearer(token));
          const refuses = gateway.asksAboutAll ? [400, 403, 404] : [400, 404, 421];
          expect([lines, refuses.includes(status), hosts().flatMap(([, all]) => all)]).toEqual([lines, true, []]);
        }
  });
});
