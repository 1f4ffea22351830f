import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { basic } from "../verification";
import { API, asking, type Emulation, MAIN } from "./emulated";
import { startEnvoy } from "./envoy";
import { FORGED } from "./forwarding";
import { startJira } from "./jira";
import { ASKED, NOT_ASKED } from "./main-host-requests";
import type { Running } from "./program";
import { type Upstream, wholeText } from "./recorder";
import { startTraefik } from "./traefik";
import { waitUntil } from "./wait-until";

// gateways/envoy and gateways/traefik cannot be run here. What is shipped is obeyed by emulations of what their
// documentation says, in front of a real verifier; what the programs do beyond it, these tests do not know.

const envoy = { gatewayKey: "envoy", absent: 503, never: 405, noUpgrade: 403, tellsTokens: true };
const EMULATIONS: readonly Emulation[] = [
  { ...envoy, name: "Envoy by HTTP", asksByGrpc: false, start: (site) => startEnvoy("http.yaml", site) },
  { ...envoy, name: "Envoy by gRPC", asksByGrpc: true, start: (site) => startEnvoy("grpc.yaml", site) },
  {
    ...{ name: "Traefik", gatewayKey: "forward", asksByGrpc: false, start: startTraefik },
    ...{ absent: 500, never: 404, noUpgrade: 404, tellsTokens: false },
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

  test.each([
    ["as Basic", () => `Authorization: Basic ${Buffer.from(`maria:${tokens.read.secret}`).toString("base64")}`],
    ["as Bearer", () => bearer(tokens.read)],
    ["in its own header", () => `X-Api-Token: ${tokens.read.secret}`],
  ])("passes a token %s on as the verifier's identity, with nothing of the client's", async (_how, credential) => {
    for (const ask of [api, main]) {
      expect((await ask([MYSELF, credential(), ...FORGED, "X-Latchkey-Gateway-Key: guess"])).status).toBe(200);
      const [arrival] = jira.take();
      expect(arrival?.headers).toMatchObject({
        ...{ "x-latchkey-auth": ["token"], "x-latchkey-user": ["maria"], "x-latchkey-groups": ["api-users"] },
        ...{ "x-latchkey-access": ["read"], "x-latchkey-token-id": [tokens.read.id] },
      });
      const sent = [tokens.read.secret, credential().split(" ").at(-1) ?? "", "root", "guess", GATEWAY_SECRET];
      for (const gone of sent) expect(arrival && wholeText(arrival)).not.toContain(gone);
    }
  });

  test("brings no session to the application with a token, and none back", async () => {
    const answer = await api([MYSELF, bearer(tokens.read), "Cookie: JSESSIONID=1"]);
    expect(jira.take()[0]?.headers.cookie).toBeUndefined();
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([200, undefined]);
  });

  test("lets a token's request not become another on the way", async () => {
    const names = ["X-Original-URL", "X-Rewrite-URL", "X-Original-Method", "Proxy", "Forwarded"];
    await api(["POST /rest/api/2/search HTTP/1.1", bearer(tokens.read), ...names.map((name) => `${name}: /x`)], "{}");
    const [arrival] = jira.take();
    expect(arrival?.body).toBe("{}");
    for (const name of names) expect(arrival?.headers[name.toLowerCase()]).toBeUndefined();
    const overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];
    for (const name of overrides) {
      const lines = ["POST /rest/api/2/search HTTP/1.1", `${name}: DELETE`];
      expect((await api([...lines, bearer(tokens.read)], "{}")).status).toBe(403);
      expect((await api([...lines, bearer(tokens.write)], "{}")).status).toBe(200);
      expect(jira.take().map(({ headers }) => headers[name.toLowerCase()])).toEqual([undefined]);
    }
  });

  test("keeps the verifier's word when the client asks for it to be dropped hop by hop", async () => {
    await api([MYSELF, bearer(tokens.read), "Connection: close, X-Latchkey-User, X-Latchkey-Auth"]);
    expect(jira.take()[0]?.headers).toMatchObject({ "x-latchkey-user": ["maria"], "x-latchkey-auth": ["token"] });
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

  test.each([
    ["401", () => [MYSELF, bearer({ secret: newSecret() })], 401],
    ["403", () => ["DELETE /rest/api/2/issue/A-1 HTTP/1.1", bearer(tokens.read)], 403],
    ["400 for two credentials", () => [MYSELF, bearer(tokens.read), bearer(tokens.read)], 400],
    ["403 for a path that tokens do not reach", () => ["GET /secure/admin HTTP/1.1", bearer(tokens.write)], 403],
  ])("gives the client the verifier's %s with its sentence", async (_what, lines, status) => {
    for (const ask of [api, main]) {
      const answer = await ask(lines());
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body)).toMatchObject({ status, detail: expect.any(String) });
      expect(answer.headers["x-latchkey-request-id"]).toEqual([JSON.parse(answer.body).requestId]);
      expect(answer.headers["www-authenticate"]?.length).toBe(status === 401 ? 1 : undefined);
    }
    expect(jira.take()).toEqual([]);
  });

  test.each(["/rest/../secure/admin", "/rest/%2e%2e/secure/admin", "/rest/..;/secure/admin", "/../../livez", "/a%2fb"])(
    "lets no token come by %s to where it may not, and what arrives is what was judged",
    async (target) => {
      const { status } = await api([`GET ${target} HTTP/1.1`, bearer(tokens.write)]);
      expect([400, 403]).toContain(status);
      expect(jira.take()).toEqual([]);
    },
  );

  test.each([
    ["a password", () => `Authorization: ${basic("fred", "hunter2")[1]}`, "password"],
    ["OAuth 1", () => 'Authorization: OAuth oauth_consumer_key="a", oauth_signature="b"', "oauth1"],
    ["another scheme", () => "Authorization: Negotiate AAAA", "otherScheme"],
  ])("passes %s on unchanged, without identity", async (_what, credential, auth) => {
    await api(["DELETE /anything HTTP/1.1", credential(), "Cookie: JSESSIONID=1", ...FORGED]);
    const [arrival] = jira.take();
    expect(arrival?.headers.authorization).toEqual([credential().slice("Authorization: ".length)]);
    expect(arrival?.headers["x-latchkey-auth"]).toEqual([auth]);
    expect(arrival?.headers.cookie).toEqual(differs.tellsTokens ? ["JSESSIONID=1"] : undefined);
    expect(arrival && wholeText(arrival)).not.toContain("root");
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

  test.each(NOT_ASKED)(
    "does not ask about %s on the main host, and passes it without identity",
    async (_name, lines, body) => {
      const answer = await main([...lines, ...FORGED], body);
      expect(answer.status).toBeLessThan(405);
      const [arrival] = jira.take();
      expect([arrival?.body, arrival?.url]).toEqual([body, lines[0]?.split(" ")[1]]);
      expect(arrival && wholeText(arrival)).not.toContain("root");
      expect(arrival?.headers["x-latchkey-auth"]).toBeUndefined();
    },
  );

  test("without the verifier says so to who is asked about, and lets everybody else through", async () => {
    const alone = await start(site(9));
    const ask = { api: asking(() => alone, API), main: asking(() => alone, MAIN) };
    for (const [, lines] of ASKED)
      expect([lines[0], (await ask.main(lines, "{}")).status]).toEqual([lines[0], differs.absent]);
    expect((await ask.api(["GET / HTTP/1.1"])).status).toBe(differs.absent);
    expect(jira.take()).toEqual([]);
    for (const [, lines, body] of NOT_ASKED) expect((await ask.main(lines, body)).status).toBeLessThan(405);
    await alone.stop();
  });

  test("with a wrong secret lets nothing pass that is asked about", async () => {
    const wrong = await start({ ...site(asksByGrpc ? at.grpcPort : at.port), gatewaySecret: "guess" });
    const { status, body } = await asking(() => wrong, API)([MYSELF, bearer(tokens.write)]);
    expect([status, JSON.parse(body).code]).toEqual([403, "gateway_unauthorized"]);
    expect(jira.take()).toEqual([]);
    await wrong.stop();
  });
});
