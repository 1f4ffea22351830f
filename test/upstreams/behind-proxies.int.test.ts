import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { formatAddress } from "#lib/networks/address";
import { reportedClient } from "#lib/networks/proxies";
import { compileRanges } from "#lib/networks/range-set";
import { startApache } from "./apache";
import { startCaddy } from "./caddy";
import type { EmulatedSite } from "./emulated";
import { startEnvoy } from "./envoy";
import { API_HOST, type ForwardSite, GATEWAY_SECRET, MAIN_HOST, SECRET } from "./forwarding";
import { PROXY_ADDRESS, startFrontProxy } from "./front-proxy";
import { startHaproxy } from "./haproxy";
import { startJira } from "./jira";
import { startNginx } from "./nginx";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import type { Upstream } from "./recorder";
import { type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";
import { startTraefik } from "./traefik";

type Town = { verifier: ScriptedVerifier; jira: Upstream; gateway: Running; front: Running };

const CLIENT = "127.0.0.1";
const INVENTED = "203.0.113.7";
const proxies = [`${PROXY_ADDRESS}/32`, "2001:db8::/32"];
const TRUST = { ranges: compileRanges(proxies, new Map()), hops: 1 };

/** As a verifier finds it in what a gateway reports. */
const clientIn = (list: string | undefined) => {
  const address = reportedClient(list ?? "", TRUST);
  return address === null ? null : formatAddress(address);
};

const emulated = (start: (site: EmulatedSite) => Promise<Running>) => (site: ForwardSite) =>
  start({ ...site, gatewayKey: "gw1" });

const GATEWAYS: readonly [string, (site: ForwardSite) => Promise<Running>][] = [
  ["Caddy", startCaddy],
  ["HAProxy", startHaproxy],
  ["Apache", startApache],
  ["Traefik, emulated", emulated(startTraefik)],
  ["Envoy by HTTP, emulated", emulated((site) => startEnvoy("HTTP", site))],
];

let town: Town | null = null;
const now = (): Town => {
  if (town === null) throw new Error("nothing runs");
  return town;
};
const forged = [
  `X-Forwarded-For: ${INVENTED}`,
  "X-Forwarded-Uri: /forged",
  "X-Forwarded-Host: forged",
  "X-Forwarded-Method: PUT",
];
const asked = async (port: number, more: readonly string[] = []) => {
  const lines = ["GET /rest/api/2/myself HTTP/1.1", `Host: ${API_HOST}`, `Authorization: Bearer ${SECRET}`, ...more];
  const { status } = await rawRequest({ address: "127.0.0.1", port }, lines);
  expect(status).toBe(200);
  const [question] = now().verifier.take();
  const told = (name: string) => question?.headers[name]?.join(", ");
  return { told, url: question?.url, method: question?.method };
};

async function open(start: (site: ForwardSite) => Promise<Running>): Promise<void> {
  const [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
  const hosts = { gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST };
  const gateway = await start({ ...hosts, verifierPort: verifier.port, upstreamPort: jira.port, proxies });
  town = { verifier, jira, gateway, front: await startFrontProxy(gateway.port) };
}
const close = async () => {
  const { front, gateway, jira, verifier } = now();
  for (const each of [front, gateway, jira, verifier]) await each.stop();
  town = null;
};
beforeEach(() => {
  now().verifier.take();
  now().jira.take();
});

describe.each(GATEWAYS)("%s behind a proxy, as the portal fills it in", (_name, start) => {
  beforeAll(() => open(start));
  afterAll(close);

  test("tells for whom the proxy asks, and nothing that a client invents before it", async () => {
    expect(clientIn((await asked(now().front.port)).told("x-forwarded-for"))).toBe(CLIENT);
    const question = await asked(now().front.port, forged);
    expect(clientIn(question.told("x-forwarded-for"))).toBe(CLIENT);
    expect(question.told("x-forwarded-for")).toMatch(new RegExp(`, ?${PROXY_ADDRESS}$`));
  });

  test("tells of who comes around the proxy where they are, whatever they say", async () => {
    expect(clientIn((await asked(now().gateway.port, forged)).told("x-forwarded-for"))).toBe(CLIENT);
  });

  test("believes of the proxy its list alone: what is judged is the request that arrives", async () => {
    const question = await asked(now().front.port, forged);
    const told = `${question.url} ${question.told("x-forwarded-uri")} ${question.told("x-forwarded-host")}`;
    expect(told).toContain("/rest/api/2/myself");
    expect(told).not.toContain("forged");
    expect(question.told("x-forwarded-method") ?? question.method).toBe("GET");
  });

  test("gives the list to the application too", async () => {
    await asked(now().front.port);
    const [arrived] = now().jira.take();
    expect(arrived?.headers["x-forwarded-for"]?.join(",").replaceAll(" ", "")).toBe(`${CLIENT},${PROXY_ADDRESS}`);
  });
});

describe("nginx behind a proxy, as its README says", () => {
  beforeAll(() => open(({ verifierPort, ...site }) => startNginx({ ...site, verifierPorts: [verifierPort] })));
  afterAll(close);

  test("finds the client by itself, and reports one address", async () => {
    expect((await asked(now().front.port, forged)).told("x-real-ip")).toBe(CLIENT);
    expect((await asked(now().gateway.port, forged)).told("x-real-ip")).toBe(CLIENT);
  });
});
