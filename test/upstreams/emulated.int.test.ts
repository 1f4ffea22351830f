import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { API, asking, type Emulation, MAIN } from "./emulated";
import { startEnvoy } from "./envoy";
import { FORGED } from "./forwarding";
import { startJira } from "./jira";
import type { Running } from "./program";
import { type Upstream, wholeText } from "./recorder";
import { startTraefik } from "./traefik";
import { waitUntil } from "./wait-until";

// What test/gateways, which holds these emulations to the promises of all gateways, has no row for.

const envoy = { gatewayKey: "envoy", never: 405, noUpgrade: 403 };
const EMULATIONS: readonly Emulation[] = [
  { ...envoy, name: "Envoy by HTTP", asksByGrpc: false, start: (site) => startEnvoy("HTTP", site) },
  { ...envoy, name: "Envoy by gRPC", asksByGrpc: true, start: (site) => startEnvoy("gRPC", site) },
  {
    ...{ name: "Traefik", gatewayKey: "forward", asksByGrpc: false, start: startTraefik },
    ...{ never: 404, noUpgrade: 404 },
  },
];

const [passes, blocked] = ["observe", "block"];
const RULES = { password: passes, foreignBearer: passes, oauth1: passes, otherScheme: passes, none: blocked };

let installation: TestInstallation;
let at: TestPlane;
let jira: Upstream;
let tokens: Record<"read" | "write", Issued>;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const routes = { create: [API, MAIN].map((host) => ({ host, context: "" })) };
  const id = await seedApplication(db, "jira", "jira", { identity: "header", rules: RULES, preflight: true, routes });
  await seedGateway(db, "envoy", GATEWAY_SECRET, [id], { adapter: "envoy" });
  await seedGateway(db, "forward", GATEWAY_SECRET, [id], { adapter: "forward" });
  const maria = (await installation.person("maria", ["api-users"])).id;
  tokens = { read: await seedToken(db, maria, { access: "read" }), write: await seedToken(db, maria) };
  [at, jira] = await Promise.all([startPlane(database.verifierUrl, "v1"), startJira()]);
});
afterAll(async () => {
  await Promise.all([at.stop(), jira.stop()]);
  await installation.close();
});

const bearer = ({ secret }: Pick<Issued, "secret">) => `Authorization: Bearer ${secret}`;
const MYSELF = "GET /rest/api/2/myself HTTP/1.1";

describe.each(EMULATIONS)("the configuration for $name", ({ start, gatewayKey, asksByGrpc, ...differs }) => {
  let gateway: Running;
  const site = (verifierPort: number) => ({
    ...{ verifierPort, gatewayKey, gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port },
    ...{ apiHost: API, mainHost: MAIN },
  });
  const api = asking(() => gateway, API);
  const main = asking(() => gateway, MAIN);

  beforeAll(async () => {
    gateway = await start(site(asksByGrpc ? at.grpcPort : at.port));
    for (const token of Object.values(tokens))
      await waitUntil("it is allowed", async () =>
        (await api([MYSELF, bearer(token)])).status === 200 ? true : undefined,
      );
  });
  afterAll(() => gateway.stop());
  beforeEach(() => void jira.take());

  test("lets a token's request not become another on the way", async () => {
    const names = ["X-Original-URL", "X-Rewrite-URL", "X-Original-Method", "Proxy", "Forwarded"];
    await api(["POST /rest/api/2/search HTTP/1.1", bearer(tokens.read), ...names.map((name) => `${name}: /x`)], "{}");
    const [arrival] = jira.take();
    expect(arrival?.body).toBe("{}");
    for (const name of names) expect(arrival?.headers[name.toLowerCase()]).toBeUndefined();
  });

  test("tells the verifier one address, which is not the client's own word", async () => {
    const lies = [
      "X-Forwarded-For: 6.6.6.6, 7.7.7.7",
      "X-Forwarded-For: 8.8.8.8",
      "X-Forwarded-Host: evil",
      "X-Real-IP: 6.6.6.6",
    ];
    expect((await api([MYSELF, bearer(tokens.read), ...lies])).status).toBe(200);
    expect((await api(["DELETE /rest/api/2/issue/A-1 HTTP/1.1", bearer(tokens.read), ...lies])).status).toBe(403);
    await waitUntil(
      "where it was refused",
      () => at.lines.some((line) => line.includes('"write_refused"') && line.includes('"127.0.0.1"')) || undefined,
    );
    expect(at.lines.join()).not.toMatch(/6\.6\.6\.6|8\.8\.8\.8/);
  });

  test("passes a CORS preflight on where the application lets it, and nothing that lacks what one says", async () => {
    const lacking = ["OPTIONS /rest/api/2/myself HTTP/1.1", "Origin: https://app.corp"];
    expect((await api(lacking)).status).toBe(401);
    expect(jira.take()).toEqual([]);
    await api([...lacking, "Access-Control-Request-Method: GET"]);
    expect(jira.take().map(({ method }) => method)).toEqual(["OPTIONS"]);
  });

  test("knows no method that nobody needs, and no upgrade beside a credential", async () => {
    for (const ask of [api, main]) {
      expect((await ask(["TRACE / HTTP/1.1", bearer(tokens.write)])).status).toBe(differs.never);
      const upgrade = ["Connection: Upgrade", "Upgrade: websocket", bearer(tokens.write)];
      expect((await ask([MYSELF, ...upgrade])).status).toBe(differs.noUpgrade);
    }
    expect(jira.take()).toEqual([]);
  });

  test("lets a browser's WebSocket through on the main host, without identity", async () => {
    const socket = connect(gateway.port, "127.0.0.1");
    let seen = "";
    socket.on("data", (chunk) => {
      seen += chunk.toString();
    });
    const key = ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
    const lines = ["GET /ws HTTP/1.1", `Host: ${MAIN}`, "Connection: Upgrade", "Upgrade: websocket", ...key, ...FORGED];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    await waitUntil("the protocol is switched", () => /^HTTP\/1.1 101 /.exec(seen) ?? undefined);
    socket.write("there and back");
    await waitUntil("the bytes come back", () => seen.includes("there and back") || undefined);
    socket.destroy();
  });

  test("lets no h2c through, whatever is named beside it", async () => {
    for (const lines of [["Upgrade: h2c"], ["Upgrade: h2c", "Upgrade: websocket"], ["Upgrade: websocket, h2c"]])
      for (const ask of [api, main])
        await ask(["GET / HTTP/1.1", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AA", ...lines]).catch(
          () => null,
        );
    expect(jira.take().map(wholeText).join()).not.toMatch(/h2c/i);
  });

  test("with a wrong secret lets nothing pass that is asked about", async () => {
    const wrong = await start({ ...site(asksByGrpc ? at.grpcPort : at.port), gatewaySecret: "guess" });
    const { status, body } = await asking(() => wrong, API)([MYSELF, bearer(tokens.write)]);
    expect([status, JSON.parse(body).code]).toEqual([403, "gateway_unauthorized"]);
    expect(jira.take()).toEqual([]);
    await wrong.stop();
  });
});
