import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newCertificate, type Pem } from "#test/certificates";
import { startApache } from "./apache";
import { startCaddy } from "./caddy";
import { startEnvoy } from "./envoy";
import { API_HOST } from "./forwarding";
import { startHaproxy } from "./haproxy";
import { startNginx } from "./nginx";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { type By, type GatewayKey, openReached, type ReachedVerifiers, WAYS } from "./reached-verifiers";
import { startTraefik } from "./traefik";
import { waitUntil } from "./wait-until";

type Site = ReturnType<ReachedVerifiers["site"]>;
type Gateway = {
  readonly key: GatewayKey;
  readonly asks?: "gRPC";
  readonly start: (site: Site) => Promise<Running>;
  /** What the client gets where the verifier does not answer. */
  readonly absent: readonly [status: number, body: string];
  readonly ways: readonly By[];
};
const SENTENCE = [503, "cannot be checked"] as const;
const real = { key: "forward", absent: SENTENCE, ways: WAYS } as const;
const envoy = { key: "envoy", absent: [503, ""], ways: WAYS } as const;
const GATEWAYS: Readonly<Record<string, Gateway>> = {
  "real nginx": {
    ...{ ...real, key: "gw1" },
    start: ({ verifierPort, ...site }) => startNginx({ ...site, verifierPorts: [verifierPort] }),
  },
  "real Caddy": { ...real, start: startCaddy },
  "real HAProxy": { ...real, start: startHaproxy },
  "real Apache": { ...real, start: startApache },
  "emulated Envoy, asked by HTTP": { ...envoy, start: (site) => startEnvoy("HTTP", site) },
  "emulated Envoy, asked by gRPC": { ...envoy, asks: "gRPC", start: (site) => startEnvoy("gRPC", site) },
  "emulated Traefik": { ...real, absent: [500, ""], ways: ["tls", "mutual"], start: startTraefik },
};

let verifiers: ReachedVerifiers;
let [own, elsewhere, gateway, stranger]: Pem[] = [];
beforeAll(async () => {
  const names = ["localhost", "elsewhere.corp", "gateway.corp", "localhost"];
  [own, elsewhere, gateway, stranger] = await Promise.all(names.map(newCertificate));
  verifiers = await openReached({ own, gateway, believed: [own, elsewhere] });
});
afterAll(() => verifiers.close());

describe.each(Object.entries(GATEWAYS))("the %s", (name, { key, asks, start, absent, ways }) => {
  const opened: Running[] = [];
  const open = async (by: By) => {
    const running = await start(verifiers.site(by, key, asks));
    opened.push(running);
    const ask = () =>
      rawRequest({ address: API_HOST, port: running.port }, [
        "GET /rest/api/2/myself HTTP/1.1",
        `Authorization: Bearer ${verifiers.secret}`,
      ]);
    return {
      passes: async () => {
        await waitUntil(`${name} has its answer by ${by}`, async () =>
          (await ask()).status === 200 ? true : undefined,
        );
        const [arrival] = verifiers.jira.take();
        expect(arrival?.headers).toMatchObject({ "x-latchkey-auth": ["token"], "x-latchkey-user": ["maria"] });
      },
      fails: async () => {
        const [status, body] = absent;
        expect(await ask()).toMatchObject({ status, body: expect.stringContaining(body) });
        expect(verifiers.jira.take()).toEqual([]);
      },
    };
  };
  beforeEach(() => verifiers.show(own, gateway));
  afterEach(() => opened.pop()?.stop());

  test.each(ways.filter((by) => by === "socket"))("asks a verifier on a %s", async (by) => {
    const { passes } = await open(by);
    await passes();
  });

  test("asks one that speaks TLS, and none that shows another's certificate or one for another name", async () => {
    const { passes, fails } = await open("tls");
    for (const other of [stranger, elsewhere]) {
      verifiers.show(other, gateway);
      await fails();
    }
    verifiers.show(own, gateway);
    await passes();
  });

  test("asks one that wants its certificate, and lets nothing pass where that is not believed", async () => {
    const { passes, fails } = await open("mutual");
    verifiers.show(own, stranger);
    await fails();
    verifiers.show(own, gateway);
    await passes();
  });
});
