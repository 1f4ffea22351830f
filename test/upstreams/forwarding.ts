import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startJira } from "./jira";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { ALLOW_TOKEN, allowClass, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";
import { waitUntil } from "./wait-until";

/** What an operator would fill in, and where the two hosts of the example listen. */
export type ForwardSite = {
  readonly verifierPort: number;
  readonly gatewaySecret: string;
  readonly upstreamPort: number;
  readonly apiHost: string;
  readonly mainHost: string;
};

const [API_HOST, MAIN_HOST] = ["127.0.0.1", "127.0.0.2"];
const SECRET = "lk_0123456789abcdefghijABCDEFGHIJ01AAAAAA";
const GATEWAY_SECRET = "gateway-secret-of-the-test";
const NAMES = ["User", "User-Id", "Groups", "Access", "Token-Id", "Request-Id", "Assertion", "Auth"];
const FORGED = NAMES.flatMap((name) => [`X-Latchkey-${name}: root`, `X_Latchkey_${name.replace("-", "_")}: root`]);
const TARGETS = ["/", "//rest//api", "/a%2Fb", "/a%2fb", "/rest/%2e%2e/secure", "/rest/..;/x", "/a;b=c/d", "/a\\b"];
const MORE_TARGETS = ["/x%20y?q=%zz#f", "/rest/../secure", "/?a=b&c", "/%C3%84"];

const PROBLEM = { "Content-Type": "application/problem+json", "X-Latchkey-Request-Id": "req-3" };
const refused = (status: number, more: Record<string, string> = {}) => ({ status, headers: { ...PROBLEM, ...more } });

/**
 * What every configuration for the forward adapter must do, run against the real program with a scripted verifier.
 * @param start starts the program with the shipped files
 * @param spells targets that the program spells in another way before it asks
 */
export function forwardContract(
  program: string,
  start: (site: ForwardSite) => Promise<Running>,
  spells: Readonly<Record<string, string>> = {},
): void {
  let verifier: ScriptedVerifier;
  let jira: Upstream;
  let gateway: Running;
  const site = () => ({
    upstreamPort: jira.port,
    gatewaySecret: GATEWAY_SECRET,
    apiHost: API_HOST,
    mainHost: MAIN_HOST,
  });
  const to = (address: string, { port } = gateway) => ({ address, port });
  const api = (lines: readonly string[], body?: string) => rawRequest(to(API_HOST), lines, body);
  const main = (lines: readonly string[], body?: string) => rawRequest(to(MAIN_HOST), lines, body);

  beforeAll(async () => {
    [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
    gateway = await start({ ...site(), verifierPort: verifier.port });
  });
  afterAll(() => Promise.all([gateway?.stop(), jira?.stop(), verifier?.stop()]));
  beforeEach(() => {
    verifier.say(ALLOW_TOKEN);
    verifier.take();
    jira.take();
  });

  describe(`the question that ${program} asks`, () => {
    test("describes the original request once, whatever the client says about it", async () => {
      const lies = ["Method: TRACE", "Uri: /x", "Host: evil", "Proto: ftp", "For: 6.6.6.6"].map(
        (lie) => `X-Forwarded-${lie}`,
      );
      const more = ["X-Real-IP: 6.6.6.6", "X-Latchkey-Gateway-Key: guess", "X_Forwarded_For: 6.6.6.6"];
      await api(["DELETE /rest/api/2/issue/A-1?x=%20&gateway=evil HTTP/1.1", ...lies, ...more, "Cookie: JSESSIONID=1"]);
      const [asked] = verifier.take();
      expect(asked?.url.split("?")[0]).toBe("/v1/authz/forward/gw1");
      expect(asked?.url).not.toContain("evil");
      expect(asked?.headers).toMatchObject({
        "x-forwarded-method": ["DELETE"],
        "x-forwarded-uri": ["/rest/api/2/issue/A-1?x=%20&gateway=evil"],
        "x-forwarded-host": [`${API_HOST}:${gateway.port}`],
        "x-forwarded-proto": ["http"],
        "x-forwarded-for": ["127.0.0.1"],
        "x-latchkey-gateway-key": [GATEWAY_SECRET],
      });
      for (const name of ["cookie", "x_forwarded_for"]) expect(asked?.headers[name]).toBeUndefined();
    });

    test("carries the credential and what may change the method or the protocol", async () => {
      await api(
        ["POST /rest HTTP/1.1", `X-Api-Token: ${SECRET}`, "X-HTTP-Method-Override: DELETE", "User-Agent: it/1"],
        "{}",
      );
      expect(verifier.take()[0]?.headers).toMatchObject({
        ...{ "x-api-token": [SECRET], "x-http-method-override": ["DELETE"], "user-agent": ["it/1"] },
      });
    });

    test("is not asked for methods that nobody needs", async () => {
      for (const method of ["TRACE", "TRACK"]) expect((await api([`${method} / HTTP/1.1`])).status).toBe(405);
      expect([verifier.take(), jira.take()]).toEqual([[], []]);
    });
  });

  describe(`a token request through ${program}`, () => {
    test.each([
      ["as Basic", `Authorization: Basic ${Buffer.from(`ada:${SECRET}`).toString("base64")}`],
      ["as Bearer", `Authorization: Bearer ${SECRET}`],
      ["in its own header", `X-Api-Token: ${SECRET}`],
    ])("%s arrives with the verifier's identity and nothing of the client's", async (_name, credential) => {
      expect((await api(["GET /rest/api/2/myself HTTP/1.1", credential, ...FORGED])).status).toBe(200);
      const [arrival] = jira.take();
      expect(arrival?.headers).toMatchObject({
        ...{ "x-latchkey-auth": ["token"], "x-latchkey-user": ["ada"], "x-latchkey-groups": ["devs,ops"] },
        ...{ "x-latchkey-access": ["read"], "x-latchkey-token-id": ["t-1"], "x-latchkey-user-id": ["u-1"] },
      });
      const sent = [SECRET, credential.split(" ").at(-1) ?? "", "root", GATEWAY_SECRET];
      for (const gone of sent) expect(arrival && wholeText(arrival)).not.toContain(gone);
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
      const names = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"];
      await api(["POST /rest/api/2/search HTTP/1.1", ...names.map((name) => `${name}: DELETE`)], "{}");
      const [arrival] = jira.take();
      expect(arrival?.body).toBe("{}");
      for (const name of names) expect(arrival?.headers[name.toLowerCase()]).toBeUndefined();
    });

    test("keeps its identity when the client asks for it to be dropped hop by hop", async () => {
      await api(["GET / HTTP/1.1", "Connection: close, X-Latchkey-User, Authorization"]);
      expect(jira.take()[0]?.headers["x-latchkey-user"]).toEqual(["ada"]);
    });
  });

  describe(`the bytes that ${program} has judged`, () => {
    test.each([...TARGETS, ...MORE_TARGETS])("are those that arrive: %s", async (target) => {
      const { status } = await api([`GET ${target} HTTP/1.1`]);
      const [asked, arrived] = [verifier.take()[0], jira.take()[0]];
      if (status === 400) return expect([asked, arrived]).toEqual([undefined, undefined]);
      expect(asked?.headers["x-forwarded-uri"]).toEqual([spells[target] ?? target]);
      expect(arrived?.url).toBe(spells[target] ?? target);
    });
  });

  describe(`what is not ours, and let through by ${program}`, () => {
    test.each(["password", "foreignBearer", "oauth1", "otherScheme", "none"])("%s goes on unchanged", async (auth) => {
      const own = "Negotiate AAAA";
      const allow = allowClass(auth);
      if (allow === "silence") throw new Error("not a class");
      verifier.say({ ...allow, headers: { ...allow.headers, Authorization: own } });
      const answer = await api(["GET / HTTP/1.1", `Authorization: ${own}`, "Cookie: JSESSIONID=1", ...FORGED]);
      const [arrival] = jira.take();
      expect(arrival?.headers.authorization).toEqual([own]);
      expect(arrival?.headers.cookie).toEqual(["JSESSIONID=1"]);
      expect(arrival?.headers["x-latchkey-auth"]).toEqual([auth]);
      expect(arrival && wholeText(arrival)).not.toContain("root");
      expect(answer.headers["set-cookie"]).toHaveLength(2);
    });

    test("the application's own refusal stays its own", async () => {
      const answer = await api(["GET /rest/api/2/teapot HTTP/1.1"]);
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Jira itself")]);
    });

    test("another protocol than WebSocket reaches nobody", async () => {
      await api([
        "GET /ws HTTP/1.1",
        "Connection: close, Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AA",
      ]);
      expect(verifier.take()[0]?.headers.upgrade).toBeUndefined();
      expect(jira.take()[0]?.headers.upgrade).toBeUndefined();
    });

    test("a WebSocket is told to the verifier and works once it is allowed", async () => {
      verifier.say(allowClass("none"));
      const socket = connect(gateway.port, API_HOST);
      let seen = "";
      socket.on("data", (chunk) => {
        seen += chunk.toString();
      });
      const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
      const head = `GET /ws HTTP/1.1\r\nHost: ${API_HOST}:${gateway.port}\r\nConnection: Upgrade\r\nUpgrade: websocket`;
      socket.write(`${head}\r\n${key}\r\n\r\n`);
      await waitUntil("the protocol is switched", () => /^HTTP\/1.1 101 /.exec(seen) ?? undefined);
      socket.write("there and back");
      await waitUntil("the bytes come back", () => seen.includes("there and back") || undefined);
      socket.destroy();
      expect(verifier.take()[0]?.headers.upgrade).toEqual(["websocket"]);
    });
  });

  describe(`a refusal through ${program}`, () => {
    test.each([400, 401, 403, 429, 503])("%i reaches the client with its request id", async (status) => {
      verifier.say(refused(status, { "Retry-After": "7", "WWW-Authenticate": 'Basic realm="Latchkey", Bearer' }));
      const answer = await api(["GET /rest/api/2/myself HTTP/1.1"]);
      expect(answer.status).toBe(status);
      expect(answer.headers["x-latchkey-request-id"]).toEqual(["req-3"]);
      expect(answer.headers["content-type"]).toEqual(["application/problem+json"]);
      expect(answer.headers["retry-after"]).toEqual(["7"]);
      if (status === 401) expect(answer.headers["www-authenticate"]).toEqual(['Basic realm="Latchkey", Bearer']);
      expect(jira.take()).toEqual([]);
    });

    const { Authorization: _, "X-Latchkey-Auth": __, ...headers } = ALLOW_TOKEN.headers;
    test.each([
      ["a redirect", { status: 302, headers: { Location: "/" } }],
      ["404", { status: 404 }],
      ["500", { status: 500 }],
      ["200 that does not say what the request carried", { status: 200, headers }],
      ["200 that says nothing of it", { status: 200, headers: { ...headers, "X-Latchkey-Auth": "" } }],
      ["200 for a class that does not exist", allowClass("somethingNew")],
      ["silence", "silence"],
    ] as const)("%s from the verifier lets nothing pass", async (_name, answer) => {
      verifier.say(answer);
      const { status } = await api(["GET / HTTP/1.1", "X-Latchkey-Auth: token"]);
      expect(status).toBeGreaterThanOrEqual(300);
      expect(jira.take()).toEqual([]);
    });

    test("an absent verifier is 503 for who is asked about, and nobody else on the main host", async () => {
      const alone = await startScriptedVerifier();
      const other = await start({ ...site(), verifierPort: alone.port });
      await alone.stop();
      const refusal = await rawRequest(to(API_HOST, other), ["GET / HTTP/1.1", "Authorization: Bearer x"]);
      expect(refusal.status).toBe(503);
      expect(JSON.parse(refusal.body)).toMatchObject({ status: 503, code: "unavailable" });
      expect((await rawRequest(to(MAIN_HOST, other), ["GET / HTTP/1.1", "Authorization: Bearer x"])).status).toBe(503);
      expect((await rawRequest(to(MAIN_HOST, other), ["GET / HTTP/1.1", "Cookie: JSESSIONID=1"])).status).toBe(200);
      await other.stop();
    });
  });

  describe(`the main host behind ${program}`, () => {
    test.each([
      ["a browser", ["GET /secure/Dashboard.jspa HTTP/1.1", "Cookie: JSESSIONID=1"], ""],
      ["a log-in form", ["POST /login.jsp HTTP/1.1"], "os_username=ada&os_password=x"],
      ["a search by hand", ["GET /issues/?jql=project%3DDEMO%26os_username HTTP/1.1"], ""],
      ["who am I by cookie", ["GET /rest/auth/1/session HTTP/1.1", "Cookie: JSESSIONID=1"], ""],
    ])("does not ask about %s, and passes it without identity", async (_name, lines, body) => {
      const answer = await main([...lines, ...FORGED], body);
      expect(answer.status).toBeLessThan(405);
      expect(verifier.take()).toEqual([]);
      const [arrival] = jira.take();
      expect([arrival?.body, arrival?.url]).toEqual([body, lines[0]?.split(" ")[1]]);
      expect(arrival && wholeText(arrival)).not.toContain("root");
    });

    test.each([
      ["Basic", ["GET /rest/api/2/myself HTTP/1.1", "Authorization: Basic YTpi"]],
      ["the token header", ["GET /rest/api/2/myself HTTP/1.1", "X-Api-Token: lk_1"]],
      ["a user in the query", ["GET /?a=b&os_username=ada HTTP/1.1"]],
      ["an escaped parameter name", ["GET /?os%5Fpassword=x HTTP/1.1"]],
      ["an upper-case parameter name", ["GET /?OS_PASSWORD=x HTTP/1.1"]],
      ["OAuth 1 in the query", ["GET /?oauth_token=x HTTP/1.1"]],
      ["a Bearer in the query", ["GET /?access_token=x HTTP/1.1"]],
      ["a session log-in", ["POST /rest/auth/1/session HTTP/1.1"]],
      ["a session log-in with path parameters", ["POST /rest;a=b/auth;c/1/session HTTP/1.1"]],
      ["a session log-in in other bytes", ["POST /x/%2e%2e//rest/%61uth/latest/session HTTP/1.1"]],
      ["a session log-in behind a servlet's dots", ["POST /rest/foo/..;/auth/1/session HTTP/1.1"]],
    ])("asks about %s", async (_name, lines) => {
      verifier.say(refused(403));
      expect((await main(lines, "{}")).status).toBe(403);
      expect(verifier.take()).toHaveLength(1);
      expect(jira.take()).toEqual([]);
    });

    test("gives a token request the same treatment as the API host", async () => {
      await main(["GET /rest/api/2/myself HTTP/1.1", "X-Api-Token: lk_1", "Cookie: JSESSIONID=1"]);
      const [arrival] = jira.take();
      expect(arrival?.headers["x-latchkey-user"]).toEqual(["ada"]);
      expect(arrival?.headers.cookie).toBeUndefined();
      expect(arrival && wholeText(arrival)).not.toContain("lk_1");
    });
  });
}
