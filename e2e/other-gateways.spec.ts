import { startApache } from "#test/upstreams/apache";
import { startCaddy } from "#test/upstreams/caddy";
import { startEnvoy } from "#test/upstreams/envoy";
import type { ForwardSite } from "#test/upstreams/forwarding";
import { startHaproxy } from "#test/upstreams/haproxy";
import { jiraClient, jiraClientBearer, refusalOf } from "#test/upstreams/jira-clients";
import { API_HOST, MAIN_HOST } from "#test/upstreams/nginx-site";
import type { Running } from "#test/upstreams/program";
import { expect, test } from "./fixtures";
import { makeToken, USER } from "./house";
import { settled } from "./question";

const PROGRAMS = {
  caddy: { adapter: "forward", start: startCaddy },
  haproxy: { adapter: "forward", start: startHaproxy },
  apache: { adapter: "forward", start: startApache },
  // An emulation, which asks the real verifier by gRPC.
  envoy: { adapter: "envoy", start: startEnvoyByGrpc },
};

type Site = ForwardSite & { readonly grpcPort: number };

function startEnvoyByGrpc({ gatewayKey = "gw1", grpcPort, ...site }: Site): Promise<Running> {
  return startEnvoy("gRPC", { ...site, gatewayKey, verifierPort: grpcPort });
}

for (const [program, { adapter, start }] of Object.entries(PROGRAMS)) {
  test(`behind ${program} a read token searches, is told why it may not create, and stops when it is revoked`, async ({
    house: { latchkey, jira, ...house },
  }) => {
    const key = `gw-${program}`;
    const made = await latchkey.cli(["gateway", "create", "--key", key, "--adapter", adapter, "--application", "jira"]);
    const { id, secret } = await makeToken(latchkey, ["--access", "read"]);
    await settled({ ...house, latchkey, jira }, secret);
    const gateway = await start({
      ...{
        grpcPort: latchkey.grpcPort,
        verifierPort: latchkey.verifierPort,
        gatewayKey: key,
        gatewaySecret: String(made.secret),
      },
      ...{ upstreamPort: jira.port, apiHost: API_HOST, mainHost: MAIN_HOST },
    });
    jira.take();
    const client = jiraClient(gateway.port, USER.username, secret);
    expect(await client.search()).toBe(1);
    expect(await refusalOf(client.create())).toContain("This token may only read, and this request changes something");
    expect(await jiraClientBearer(gateway.port, secret).search()).toBe(1);
    const arrivals = jira.take();
    expect(arrivals.map(({ headers }) => headers["x-latchkey-user"])).toEqual([[USER.username], [USER.username]]);
    expect(JSON.stringify(arrivals)).not.toContain(secret);

    const browser = await fetch(`http://${MAIN_HOST}:${gateway.port}/secure/Dashboard.jspa`, {
      headers: { cookie: "JSESSIONID=1" },
    });
    expect(await browser.text()).toContain("browser.user");

    await latchkey.cli(["token", "revoke", "--id", id]);
    expect(await refusalOf(client.search())).toContain("401");
    await gateway.stop();
  });
}
