import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startJira } from "./jira";
import { type Nginx, startNginx } from "./nginx";
import { API_HOST } from "./nginx-site";
import { OVERRIDES } from "./overrides";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { ALLOW_TOKEN, allowClass, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";
import { waitUntil } from "./wait-until";

const SECRET = "lk_0123456789abcdefghijABCDEFGHIJ01AAAAAA";
const GATEWAY_SECRET = "gateway-secret-of-the-test";
const FORGED = ["User", "User-Id", "Groups", "Access", "Token-Id", "Request-Id", "Assertion", "Auth"].map(
  (name) => `X-Latchkey-${name}: root`,
);

let verifier: ScriptedVerifier;
let jira: Upstream;
let nginx: Nginx;
const api = (lines: readonly string[], body?: string) =>
  rawRequest({ address: API_HOST, port: nginx.port }, lines, body);

beforeAll(async () => {
  verifier = await startScriptedVerifier();
  jira = await startJira();
  nginx = await startNginx({ verifierPorts: [verifier.port], gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port });
});
afterAll(() => Promise.all([nginx.stop(), jira.stop(), verifier.stop()]));
beforeEach(() => {
  verifier.say(ALLOW_TOKEN);
  verifier.take();
  jira.take();
});

test("nginx has nothing to complain about in the configuration", () => {
  expect(nginx.log()).not.toMatch(/\[(warn|error|crit|alert|emerg)\]/);
});

describe("the question that nginx asks", () => {
  test("describes the original request once, whatever the client says about it", async () => {
    const lies = ["Method: TRACE", "URI: /x", "Host: evil", "Proto: ftp"].map((lie) => `X-Original-${lie}`);
    const more = [
      "X-Real-IP: 6.6.6.6",
      "X-Forwarded-For: 6.6.6.6",
      "X-Latchkey-Gateway-Key: guess",
      "X_Real_IP: 6.6.6.6",
    ];
    await api(["DELETE /rest/api/2/issue/A-1?x=%20 HTTP/1.1", ...lies, ...more, "Cookie: JSESSIONID=1"]);
    const [asked] = verifier.take();
    expect(asked?.method).toBe("GET");
    expect(asked?.url).toBe("/v1/authz/nginx/gw1");
    expect(asked?.headers).toMatchObject({
      "x-original-method": ["DELETE"],
      "x-original-uri": ["/rest/api/2/issue/A-1?x=%20"],
      "x-original-host": [`${API_HOST}:${nginx.port}`],
      "x-original-proto": ["http"],
      "x-real-ip": ["127.0.0.1"],
      "x-latchkey-gateway-key": [GATEWAY_SECRET],
      cookie: ["withheld"],
    });
    for (const name of ["x-forwarded-for", "x_real_ip"]) expect(asked?.headers[name]).toBeUndefined();
    await api(["GET /rest/api/2/myself HTTP/1.1"]);
    expect(verifier.take()[0]?.headers.cookie).toBeUndefined();
  });

  test("uses one connection for many requests", async () => {
    await api(["GET /rest/api/2/myself HTTP/1.1"]);
    const before = verifier.connections();
    for (let count = 0; count < 20; count++) await api(["GET /rest/api/2/myself HTTP/1.1"]);
    expect(verifier.connections()).toBe(before);
  });

  test("cannot be asked by a client directly", async () => {
    expect((await api(["GET /_latchkey HTTP/1.1"])).status).toBe(404);
    expect(verifier.take()).toEqual([]);
  });

  test("is not asked about what HTTP itself forbids: TRACE, two Authorization lines", async () => {
    expect((await api(["TRACE / HTTP/1.1"])).status).toBe(405);
    const twice = await api(["GET / HTTP/1.1", "Authorization: Bearer a", "Authorization: Bearer b"]);
    expect(twice.status).toBe(400);
    expect(verifier.take()).toEqual([]);
    expect(jira.take()).toEqual([]);
  });
});

describe("a token request at the upstream", () => {
  test("has the verifier's identity in place of the client's, and the secret nowhere", async () => {
    const basic = Buffer.from(`ada:${SECRET}`).toString("base64");
    await api(["GET /rest/api/2/myself HTTP/1.1", `Authorization: Basic ${basic}`, ...FORGED, "X_Latchkey_User: root"]);
    await api(["GET /rest/api/2/myself HTTP/1.1", `X-Api-Token: ${SECRET}`, ...FORGED]);
    const arrivals = jira.take();
    expect(arrivals).toHaveLength(2);
    for (const arrival of arrivals) {
      expect(arrival.headers["x-latchkey-user"]).toEqual(["ada"]);
      expect(arrival.headers["x-latchkey-groups"]).toEqual(["devs,ops"]);
      expect(arrival.headers["x-latchkey-auth"]).toEqual(["token"]);
      for (const gone of [SECRET, basic, "root", GATEWAY_SECRET]) expect(wholeText(arrival)).not.toContain(gone);
    }
  });

  test("carries what the verifier wants in Authorization", async () => {
    verifier.say({ ...ALLOW_TOKEN, headers: { ...ALLOW_TOKEN.headers, Authorization: "Bearer brokered" } });
    await api(["GET /rest/api/2/myself HTTP/1.1", "Authorization: Bearer mine"]);
    expect(jira.take()[0]?.headers.authorization).toEqual(["Bearer brokered"]);
  });

  test("brings no browser session there, and none back", async () => {
    const answer = await api(["GET /rest/api/2/myself HTTP/1.1", `X-Api-Token: ${SECRET}`, "Cookie: JSESSIONID=1"]);
    expect(jira.take()[0]?.headers.cookie).toBeUndefined();
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("cannot turn into another method or address on the way", async () => {
    await api(["POST /rest/api/2/search HTTP/1.1", ...OVERRIDES.map((name) => `${name}: DELETE`)], "{}");
    const [arrival] = jira.take();
    expect(arrival?.body).toBe("{}");
    for (const name of OVERRIDES) expect(arrival?.headers[name.toLowerCase()]).toBeUndefined();
  });

  test("keeps its identity when the client asks for it to be dropped hop by hop", async () => {
    await api(["GET / HTTP/1.1", "Connection: close, X-Latchkey-User, Authorization"]);
    expect(jira.take()[0]?.headers["x-latchkey-user"]).toEqual(["ada"]);
  });

  test("is proxied with the largest answer a verifier gives", async () => {
    const groups = "g".repeat(11_000);
    verifier.say({ ...ALLOW_TOKEN, headers: { ...ALLOW_TOKEN.headers, "X-Latchkey-Groups": groups } });
    expect((await api(["GET /rest/api/2/myself HTTP/1.1"])).status).toBe(200);
    expect(jira.take()[0]?.headers["x-latchkey-groups"]).toEqual([groups]);
  });
});

describe("the bytes that were judged", () => {
  const targets = [
    "/",
    "//rest//api",
    "/a%2Fb",
    "/a%2fb",
    "/rest/%2e%2e/secure",
    "/rest/..;/x",
    "/a;b=c/d",
    "/x%20y?q=%zz#f",
    "/a\\b",
  ];
  test.each([...targets, "/rest/../secure", "/?a=b&c", "/%C3%84"])("are those that arrive: %s", async (target) => {
    await api([`GET ${target} HTTP/1.1`]);
    const [asked, arrived] = [verifier.take()[0], jira.take()[0]];
    expect(asked?.headers["x-original-uri"]).toEqual([target]);
    expect(arrived?.url).toBe(target);
  });
});

describe("what is not ours, and let through by its rule", () => {
  test.each(["password", "foreignBearer", "oauth1", "otherScheme", "none"])("%s goes on unchanged", async (auth) => {
    verifier.say(allowClass(auth));
    const long = `Negotiate ${"A".repeat(20_000)}`;
    const answer = await api(["GET / HTTP/1.1", `Authorization: ${long}`, "Cookie: JSESSIONID=1", ...FORGED]);
    const [arrival] = jira.take();
    expect(arrival?.headers.authorization).toEqual([long]);
    expect(arrival?.headers.cookie).toEqual(["JSESSIONID=1"]);
    expect(arrival?.headers["x-latchkey-auth"]).toEqual([auth]);
    expect(arrival?.headers["x-latchkey-user"]).toBeUndefined();
    expect(wholeText(arrival ?? { method: "", url: "", headers: {}, body: "", trailers: [] })).not.toContain("root");
    expect(answer.headers["set-cookie"]).toHaveLength(2);
  });

  test.each(["/rest/api/2/teapot", "/rest/api/2/broken"])(
    "the application's own refusal of %s stays its own",
    async (path) => {
      const answer = await api([`GET ${path} HTTP/1.1`]);
      expect(answer.body).toContain("Jira itself");
      expect(answer.headers["x-latchkey-request-id"]).toBeUndefined();
    },
  );
});

describe("a request for another protocol", () => {
  test("reaches nobody unless it is WebSocket", async () => {
    await api([
      "GET /ws HTTP/1.1",
      "Connection: close, Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABk",
    ]);
    expect(verifier.take()[0]?.headers.upgrade).toBeUndefined();
    expect(jira.take()[0]?.headers.upgrade).toBeUndefined();
  });

  test.each([
    ["of a browser", allowClass("none")],
    ["with a token", ALLOW_TOKEN],
  ])("%s is told to the verifier and, once allowed, a working WebSocket", async (_whose, allow) => {
    verifier.say(allow);
    const socket = connect(nginx.port, API_HOST);
    let seen = "";
    socket.on("data", (chunk) => {
      seen += chunk.toString();
    });
    socket.write(`GET /ws HTTP/1.1\r\nHost: ${API_HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await waitUntil("the protocol is switched", () => /^HTTP\/1.1 101 /.exec(seen) ?? undefined);
    socket.write("there and back");
    await waitUntil("the bytes come back", () => seen.includes("there and back") || undefined);
    socket.destroy();
    expect(verifier.take()[0]?.headers.upgrade).toEqual(["websocket"]);
  });
});
