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
const STRAY = "stray.corp";
let installation: TestInstallation;
let plane: TestPlane;
let jira: Upstream;
let shop: Upstream;
let token: Issued;
let istio: Running;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const routes = { create: [API, MAIN].map((host) => ({ host, context: "" })) };
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
    ...site(),
    unasked: [
      { host: SHOP, port: shop.port, listed: "twice" },
      { host: POLICY_ONLY, port: jira.port, listed: "by the policy" },
      { host: SCRIPT_ONLY, port: jira.port, listed: "by the script" },
    ],
  });
  expect((await ask(API, [bearer()])).status).toBe(200);
});
afterAll(async () => {
  await Promise.all([istio.stop(), plane.stop(), jira.stop(), shop.stop()]);
  await installation.close();
});
beforeEach(() => void [jira.take(), shop.take()]);

/** What comes by a name that no VirtualService has leads to the application, too: nothing but a question keeps it out. */
const site = () => ({
  ...{ verifierPort: plane.port, gatewayKey: "gw1", gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port },
  ...{ apiHost: API, mainHost: MAIN, elsewhere: jira.port },
});
const bearer = () => `Authorization: Bearer ${token.secret}`;
const once = (host: string, lines: readonly string[], { port } = istio) =>
  rawRequest({ address: "127.0.0.1", port }, ["GET /rest/api/2/myself HTTP/1.1", ...lines, `Host: ${host}`]);
/** Again while a busy machine misses the verifier's deadline. */
const ask = (...asked: Parameters<typeof once>) =>
  waitUntil("it is decided", async () => {
    const answer = await once(...asked);
    return answer.status === 503 ? undefined : answer;
  });

/** With a token, with a password, and with nothing. */
const FRED = "Authorization: Basic ZnJlZDp4";
const COMERS = () => [[bearer()], [FRED], ["Cookie: JSESSIONID=1"]];

test("a host of no application is asked about and refused, though it leads to one, in every way to write it", async () => {
  for (const host of [
    STRAY,
    `${STRAY}:443`,
    STRAY.toUpperCase(),
    `${MAIN}:x`,
    `x.${MAIN}`,
    "",
    "*",
    `x.${API}`,
    "localhost",
    SCRIPT_ONLY,
  ])
    for (const lines of COMERS()) {
      const { status, headers } = await ask(host, [...lines, ...FORGED]);
      expect([host, lines, status >= 400 && status < 500]).toEqual([host, lines, true]);
      expect([host, lines, headers["x-latchkey-request-id"]]).toEqual([host, lines, [expect.any(String)]]); // a verifier's
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
      const { status } = await once(host, [...lines, ...FORGED]);
      expect([host, lines, status]).toEqual([host, lines, 503]);
    }
  expect([jira.take(), shop.take()]).toEqual([[], []]);
});

/** What the script tells the policy, as a client might say it. */
const CLAIMS = [
  [],
  ["X-Latchkey-Asks: no"],
  ["X-LATCHKEY-ASKS: no", "x-latchkey-asks: no"],
  ["X_Latchkey_Asks: no", "X-Latchkey-Asks: yes"],
  ["X-Latchkey-Asks: no", "Connection: close, X-Latchkey-Asks"],
];
/** Of all that arrived, whose word it came with. */
const words = () => jira.take().map(({ headers }) => headers["x-latchkey-auth"]?.join());

test("on a name that browsers use too nobody is asked without a credential, and nothing of ours arrives", async () => {
  for (const host of [MAIN, `${MAIN}:443`, MAIN.toUpperCase()])
    for (const claim of CLAIMS) {
      const lines = ["Cookie: JSESSIONID=1", ...claim, ...FORGED];
      expect([host, claim, (await ask(host, lines)).status]).toEqual([host, claim, 200]);
      const [arrival] = jira.take();
      expect(arrival?.headers.cookie).toEqual(["JSESSIONID=1"]);
      expect(JSON.stringify(arrival?.headers)).not.toMatch(/root|latchkey/i);
    }
});

test("what carries a credential there is asked about, and so is all else on every other name, whatever the client says", async () => {
  for (const claim of CLAIMS) {
    expect([claim, (await ask(MAIN, [FRED, ...claim])).status, words()]).toEqual([claim, 200, ["password"]]);
    for (const empty of ["Authorization:", "X-Api-Token:"])
      expect([empty, claim, (await ask(MAIN, [empty, ...claim])).status, words()]).toEqual([empty, claim, 400, []]);
    expect([claim, (await ask(MAIN, [bearer(), ...claim])).status, words()]).toEqual([claim, 200, ["token"]]);
    for (const made of ["Authorization: Bearer lk_none", "X-Api-Token: lk_none"])
      expect([made, claim, (await ask(MAIN, [made, ...claim])).status]).toEqual([made, claim, 401]);
    for (const host of [API, `${MAIN}.`]) {
      const { status } = await ask(host, ["Cookie: JSESSIONID=1", ...claim]);
      expect([host, claim, status, words()]).toEqual([host, claim, 200, ["none"]]);
    }
    expect([claim, (await ask(STRAY, ["Cookie: JSESSIONID=1", ...claim])).status, words()]).toEqual([claim, 403, []]);
  }
});

test.each([false, "by the policy", "by the script"] as const)(
  "where that name does not stand at both places (%s) everything there is asked about",
  async (credentialsOnly) => {
    const half = await startIstio({ ...site(), credentialsOnly });
    try {
      for (const claim of CLAIMS) {
        expect([claim, (await ask(MAIN, ["Cookie: JSESSIONID=1", ...claim], half)).status]).toEqual([claim, 200]);
        expect([claim, words()]).toEqual([claim, ["none"]]);
      }
    } finally {
      await half.stop();
    }
  },
);
