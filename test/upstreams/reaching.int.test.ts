import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newCertificate, type Pem } from "#test/certificates";
import { startApache } from "./apache";
import { startCaddy } from "./caddy";
import { API_HOST, type ForwardSite } from "./forwarding";
import { startHaproxy } from "./haproxy";
import { startNginx } from "./nginx";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { openReached, type ReachedVerifiers, type WAYS } from "./reached-verifiers";
import { waitUntil } from "./wait-until";

const START: Readonly<Record<string, (site: ForwardSite) => Promise<Running>>> = {
  nginx: ({ verifierPort, ...site }) => startNginx({ ...site, verifierPorts: [verifierPort] }),
  ...{ Caddy: startCaddy, HAProxy: startHaproxy, Apache: startApache },
};

let verifiers: ReachedVerifiers;
let [own, elsewhere, gateway, stranger]: Pem[] = [];
beforeAll(async () => {
  const names = ["localhost", "elsewhere.corp", "gateway.corp", "localhost"];
  [own, elsewhere, gateway, stranger] = await Promise.all(names.map(newCertificate));
  verifiers = await openReached({ own, gateway, believed: [own, elsewhere] });
});
afterAll(() => verifiers.close());

describe.each(Object.entries(START))("the real %s", (name, start) => {
  const opened: Running[] = [];
  const open = async (by: (typeof WAYS)[number]) => {
    const running = await start(verifiers.site(by, name === "nginx" ? "gw1" : "forward"));
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
        const { status, body } = await ask();
        expect([status, body]).toEqual([503, expect.stringContaining("cannot be checked")]);
        expect(verifiers.jira.take()).toEqual([]);
      },
    };
  };
  beforeEach(() => verifiers.show(own, gateway));
  afterEach(() => opened.pop()?.stop());

  test("asks a verifier on a socket", async () => {
    const { passes } = await open("socket");
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
