import { expect, test } from "vitest";
import { startApache } from "./apache";
import { API_HOST, forwardContract, MAIN_HOST } from "./forwarding";
import { startJira } from "./jira";
import { rawRequest } from "./raw-request";

forwardContract("Apache", startApache, { merges: { "//rest//api": "/rest//api" } });

test("a script that fails lets nothing pass that must be asked about", async () => {
  const jira = await startJira();
  const site = { gatewaySecret: "s", verifierPort: 9, upstreamPort: jira.port, apiHost: API_HOST, mainHost: MAIN_HOST };
  const gateway = await startApache(site, [["  local status, answer, body = ask(r)\n", '  error("broken")\n']]);
  for (const address of [API_HOST, MAIN_HOST]) {
    const { status } = await rawRequest({ address, port: gateway.port }, ["GET / HTTP/1.1", "Authorization: Bearer x"]);
    expect(status).toBeGreaterThanOrEqual(500);
  }
  expect(jira.take()).toEqual([]);
  await gateway.stop();
  await jira.stop();
});
