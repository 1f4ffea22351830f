import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { startCaddy } from "./caddy";
import { API_HOST, forwardContract, GATEWAY_SECRET, MAIN_HOST } from "./forwarding";
import { startJira } from "./jira";
import { rawRequest } from "./raw-request";
import { startScriptedVerifier } from "./scripted-verifier";

// Caddy escapes a backslash on its way, before it asks: what was judged is still what arrives.
forwardContract("Caddy", startCaddy, { spells: { "/a\\b": "/a%5Cb" } });

test("a site of Caddy that is for more names than its application asks about that one alone", async () => {
  const [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
  const given = { gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST };
  const wider = (sites: string) =>
    sites.replace(
      /http:\/\/127\.0\.0\.([12])(:\d+) \{/g,
      (site, place, port) => `http://*.corp${place}${port}, http://wiki.corp${place}${port}, ${site}`,
    );
  const gateway = await startCaddy({ ...given, verifierPort: verifier.port, upstreamPort: jira.port }, wider);
  const ask = async (address: string, host: string, ...more: string[]) => {
    const { status } = await rawRequest({ address, port: gateway.port }, ["GET / HTTP/1.1", `Host: ${host}`, ...more]);
    return [status, verifier.take().length, jira.take().length];
  };
  const token = "Authorization: Bearer lk_1";
  for (const [place, own] of [API_HOST, MAIN_HOST].entries()) {
    expect(await ask(own, own, token)).toEqual([200, 1, 1]);
    for (const other of [`wiki.corp${place + 1}`, `any.corp${place + 1}`]) {
      expect([other, ...(await ask(own, other, token))]).toEqual([other, 421, 0, 0]);
      const unasked = own === MAIN_HOST ? [200, 0, 1] : [421, 0, 0];
      expect([other, ...(await ask(own, other))]).toEqual([other, ...unasked]);
    }
  }
  await Promise.all([gateway.stop(), verifier.stop(), jira.stop()]);
});

test("the shipped example is one that Caddy takes as it is", async () => {
  const example = join(projectFolder(), "gateways", "caddy", "example.caddyfile");
  const { stdout } = await promisify(execFile)("caddy", ["adapt", "--config", example, "--adapter", "caddyfile"]);
  const { servers } = JSON.parse(stdout).apps.http;
  expect(Object.values<{ listen: readonly string[] }>(servers).flatMap(({ listen }) => listen)).toEqual([":443"]);
});
