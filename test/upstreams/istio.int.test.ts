import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { API, MAIN } from "./emulated";
import { FORGED } from "./forwarding";
import { startIstio } from "./istio";
import { startJira } from "./jira";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import type { Upstream } from "./recorder";
import { waitUntil } from "./wait-until";

// Which hosts of an ingress gateway are asked about; test/gateways has what holds of every host.

const [SHOP, POLICY_ONLY, SCRIPT_ONLY] = ["shop.corp", "half.corp", "other-half.corp"] as const;
let installation: TestInstallation;
let plane: TestPlane;
let jira: Upstream;
let shop: Upstream;
let token: Issued;
let istio: Running;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const routes = { create: [{ host: API, context: "" }] };
  const rules = {
    password: "observe",
    foreignBearer: "observe",
    oauth1: "observe",
    otherScheme: "observe",
    none: "observe",
  };
  const id = await seedApplication(db, "jira", "jira", { identity: "header", rules, routes });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [id], { adapter: "envoy" });
  token = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
  [plane, jira, shop] = await Promise.all([startPlane(database.verifierUrl, "v1"), startJira(), startJira()]);
  istio = await startIstio({
    ...{ verifierPort: plane.port, gatewayKey: "gw1", gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port },
    ...{ apiHost: API, mainHost: MAIN },
    unasked: [
      { host: SHOP, port: shop.port, listed: "twice" },
      { host: POLICY_ONLY, port: jira.port, listed: "by the policy" },
      { host: SCRIPT_ONLY, port: jira.port, listed: "by the script" },
    ],
  });
  await waitUntil("it is allowed", async () => ((await ask(API, [bearer()])).status === 200 ? true : undefined));
});
afterAll(async () => {
  await Promise.all([istio.stop(), plane.stop(), jira.stop(), shop.stop()]);
  await installation.close();
});
beforeEach(() => void [jira.take(), shop.take()]);

const bearer = () => `Authorization: Bearer ${token.secret}`;
const ask = (host: string, lines: readonly string[]) =>
  rawRequest({ address: "127.0.0.1", port: istio.port }, [
    "GET /rest/api/2/myself HTTP/1.1",
    ...lines,
    `Host: ${host}`,
  ]);

/** With a token, with a password, and with nothing. */
const COMERS = () => [[bearer()], ["Authorization: Basic ZnJlZDp4"], ["Cookie: JSESSIONID=1"]];

test("a host of no application is asked about and refused, though it leads to one, in every way to write it", async () => {
  for (const host of [
    MAIN,
    `${MAIN}:443`,
    MAIN.toUpperCase(),
    `${MAIN}.`,
    `${API}.`,
    "",
    "*",
    `x.${API}`,
    "localhost",
    SCRIPT_ONLY,
  ])
    for (const lines of COMERS()) {
      const { status } = await ask(host, [...lines, ...FORGED]);
      expect([host, lines, status >= 400 && status < 500]).toEqual([host, lines, true]);
    }
  expect(jira.take()).toEqual([]);
});

test("a site that both lists name passes unasked to where it leads, and without our identity headers", async () => {
  for (const host of [SHOP, `${SHOP}:443`, SHOP.toUpperCase()])
    for (const lines of COMERS()) {
      expect([host, lines, (await ask(host, [...lines, ...FORGED])).status]).toEqual([host, lines, 200]);
      const [arrival] = shop.take();
      expect(JSON.stringify(arrival?.headers)).not.toMatch(/root|latchkey/i);
    }
  expect(jira.take()).toEqual([]);
});

test("a site that the policy alone leaves out reaches nobody without a verifier's word", async () => {
  for (const host of [POLICY_ONLY, `${POLICY_ONLY}:443`, `${SHOP}:x`])
    for (const lines of COMERS()) {
      const { status } = await ask(host, [...lines, ...FORGED]);
      expect([host, lines, status]).toEqual([host, lines, 503]);
    }
  expect([jira.take(), shop.take()]).toEqual([[], []]);
});
