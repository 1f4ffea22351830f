import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseTarget } from "#lib/verification/path";
import { startApache } from "#test/upstreams/apache";
import { startCaddy } from "#test/upstreams/caddy";
import type { ForwardSite } from "#test/upstreams/forwarding";
import { startHaproxy } from "#test/upstreams/haproxy";
import { startNginx } from "#test/upstreams/nginx";
import { API_HOST, MAIN_HOST } from "#test/upstreams/nginx-site";
import type { Running } from "#test/upstreams/program";
import { rawRequest } from "#test/upstreams/raw-request";
import { startRecorder, type Upstream } from "#test/upstreams/recorder";
import { type ScriptedVerifier, startScriptedVerifier } from "#test/upstreams/scripted-verifier";
import { anyTarget } from "./grammar";
import { runs } from "./runs";

const PROGRAMS: Readonly<Record<string, (site: ForwardSite) => Promise<Running>>> = {
  nginx: ({ verifierPort, ...site }) => startNginx({ ...site, verifierPorts: [verifierPort] }),
  Caddy: startCaddy,
  HAProxy: startHaproxy,
  Apache: startApache,
};

/** What everybody agrees on of a target that nothing is in doubt about; null where something is. */
function clean(target: string) {
  const parsed = parseTarget(target);
  return parsed.ok && parsed.signatures.length === 0 ? { segments: parsed.segments, query: parsed.query } : null;
}

describe.each(Object.entries(PROGRAMS))("the real %s", (_name, start) => {
  let [verifier, application, gateway]: [ScriptedVerifier?, Upstream?, Running?] = [];
  beforeAll(async () => {
    verifier = await startScriptedVerifier();
    application = await startRecorder((_arrival, response) => void response.writeHead(200).end());
    const hosts = { apiHost: API_HOST, mainHost: MAIN_HOST, gatewaySecret: "a gateway's secret" };
    gateway = await start({ ...hosts, verifierPort: verifier.port, upstreamPort: application.port });
  });
  afterAll(async () => {
    await gateway?.stop();
    await Promise.all([verifier?.stop(), application?.stop()]);
  });

  test("asks on both hosts about what it passes on: once, and a path that was judged clean arrives as the same one", async () => {
    const compared = new Map([API_HOST, MAIN_HOST].map((host) => [host, 0]));
    const property = fc.asyncProperty(anyTarget, fc.constantFrom(API_HOST, MAIN_HOST), async (target, host) => {
      const lines = [`GET ${target} HTTP/1.1`, "Authorization: Bearer x"];
      await rawRequest({ address: host, port: gateway?.port ?? 0 }, lines).catch(() => null);
      const asked = verifier
        ?.take()
        .map(({ headers }) => headers["x-original-uri"] ?? headers["x-forwarded-uri"] ?? []);
      const arrived = application?.take().map(({ url }) => url) ?? [];
      if (arrived.length === 0) return;
      expect([asked?.length, arrived.length]).toEqual([1, 1]);
      const judged = clean(asked?.[0]?.join() ?? "");
      if (judged === null) return;
      compared.set(host, (compared.get(host) ?? 0) + 1);
      expect(clean(arrived[0] ?? "")).toEqual(judged);
    });
    await fc.assert(property, runs(250));
    for (const count of compared.values()) expect(count).toBeGreaterThan(30);
  });
});
