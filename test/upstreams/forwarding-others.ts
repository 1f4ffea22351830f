import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { API_HOST, type Contract, FORGED, MAIN_HOST } from "./forwarding";
import { ASKED, NOT_ASKED } from "./main-host-requests";
import { rawRequest } from "./raw-request";
import { wholeText } from "./recorder";
import { ALLOW_TOKEN, allowClass, startScriptedVerifier } from "./scripted-verifier";
import { waitUntil } from "./wait-until";

const PROBLEM = { "Content-Type": "application/problem+json", "X-Latchkey-Request-Id": "req-3" };
const refused = (status: number, more: Record<string, string> = {}) => ({ status, headers: { ...PROBLEM, ...more } });

/** What is not ours, refusals, and the host that browsers use too. */
export function describeOthers({ program, start, site, verifier, jira, gateway, api, main }: Contract): void {
  /** What is answered at first: a connection that was upgraded does not end. */
  const begun = async (headers: readonly string[]): Promise<string> => {
    const socket = connect(gateway().port, API_HOST);
    let seen = "";
    socket.on("data", (chunk) => {
      seen += chunk.toString();
    });
    socket.write(["GET /ws HTTP/1.1", `Host: ${API_HOST}:${gateway().port}`, ...headers, "", ""].join("\r\n"));
    await waitUntil("it is answered", () => seen.includes("\r\n\r\n") || undefined);
    socket.destroy();
    return seen;
  };

  describe(`what is not ours, and let through by ${program}`, () => {
    test.each(["password", "foreignBearer", "oauth1", "otherScheme", "none"])("%s goes on unchanged", async (auth) => {
      const own = auth === "oauth1" ? 'OAuth oauth_consumer_key="a", oauth_signature="b"' : "Negotiate AAAA";
      const allow = allowClass(auth);
      if (allow === "silence") throw new Error("not a class");
      verifier().say({ ...allow, headers: { ...allow.headers, Authorization: own } });
      const answer = await api(["GET / HTTP/1.1", `Authorization: ${own}`, "Cookie: JSESSIONID=1", ...FORGED]);
      const [arrival] = jira().take();
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
      expect(verifier().take()[0]?.headers.upgrade).toBeUndefined();
      expect(jira().take()[0]?.headers.upgrade).toBeUndefined();
    });

    test.each([
      [["Upgrade: h2c", "Upgrade: websocket"]],
      [["Upgrade: websocket", "Upgrade: h2c"]],
      [["Upgrade: h2c, websocket"]],
    ])("nor does one that is named beside WebSocket: %j", async (upgrades) => {
      verifier().say(allowClass("none"));
      const answer = await begun([...upgrades, "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AA"]);
      expect(answer).not.toMatch(/h2c/i);
      expect(
        verifier()
          .take()
          .flatMap(({ headers }) => headers.upgrade ?? [])
          .join(),
      ).not.toContain("h2c");
      const arrived = jira().take().map(wholeText).join();
      expect(arrived).not.toMatch(/h2c|http2-settings/i);
    });

    test("more headers than anybody needs are refused, or all of them are judged", async () => {
      const many = Array.from({ length: 96 }, (_, index) => `X-Header-${index}: ${index}`);
      const { status } = await api(["GET / HTTP/1.1", ...many]);
      const [asked, arrived] = [verifier().take(), jira().take()];
      if (status === 200)
        expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => name.startsWith("x-header"))).toHaveLength(96);
      else expect([status, arrived]).toEqual([431, []]);
      expect((await api(["GET / HTTP/1.1"])).status).toBe(200);
    });

    test.each([
      ["of a browser", allowClass("none")],
      ["with a token", ALLOW_TOKEN],
    ])("a WebSocket %s is told to the verifier and works once it is allowed", async (_whose, allow) => {
      verifier().say(allow);
      const socket = connect(gateway().port, API_HOST);
      let seen = "";
      socket.on("data", (chunk) => {
        seen += chunk.toString();
      });
      const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
      const head = `GET /ws HTTP/1.1\r\nHost: ${API_HOST}:${gateway().port}\r\nConnection: Upgrade\r\nUpgrade: websocket`;
      socket.write(`${head}\r\n${key}\r\n\r\n`);
      await waitUntil("the protocol is switched", () => /^HTTP\/1.1 101 /.exec(seen) ?? undefined);
      socket.write("there and back");
      await waitUntil("the bytes come back", () => seen.includes("there and back") || undefined);
      socket.destroy();
      const [asked] = verifier().take();
      expect(asked?.headers.upgrade).toEqual(["websocket"]);
      expect(asked?.headers.connection ?? []).not.toContain("Upgrade");
    });
  });

  describe(`a refusal through ${program}`, () => {
    test.each([400, 401, 403, 429, 503])("%i reaches the client with its request id", async (status) => {
      verifier().say(refused(status, { "Retry-After": "7", "WWW-Authenticate": 'Basic realm="Latchkey", Bearer' }));
      const answer = await api(["GET /rest/api/2/myself HTTP/1.1"]);
      expect(answer.status).toBe(status);
      expect(answer.headers["x-latchkey-request-id"]).toEqual(["req-3"]);
      expect(answer.headers["content-type"]).toEqual(["application/problem+json"]);
      expect(answer.headers["retry-after"]).toEqual(["7"]);
      if (status === 401) expect(answer.headers["www-authenticate"]).toEqual(['Basic realm="Latchkey", Bearer']);
      expect(jira().take()).toEqual([]);
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
      verifier().say(answer);
      const { status } = await api(["GET / HTTP/1.1", "X-Latchkey-Auth: token"]);
      expect(status).toBeGreaterThanOrEqual(300);
      expect(jira().take()).toEqual([]);
    });

    test("an absent verifier is 503 for who is asked about, and nobody else on the main host", async () => {
      const alone = await startScriptedVerifier();
      const other = await start({ ...site(), verifierPort: alone.port });
      onTestFinished(other.stop);
      await alone.stop();
      const refusal = await rawRequest({ address: API_HOST, port: other.port }, [
        "GET / HTTP/1.1",
        "Authorization: Bearer x",
      ]);
      expect(refusal.status).toBe(503);
      expect(JSON.parse(refusal.body)).toMatchObject({ status: 503, code: "unavailable" });
      expect(
        (await rawRequest({ address: MAIN_HOST, port: other.port }, ["GET / HTTP/1.1", "Authorization: Bearer x"]))
          .status,
      ).toBe(503);
      expect(
        (await rawRequest({ address: MAIN_HOST, port: other.port }, ["GET / HTTP/1.1", "Cookie: JSESSIONID=1"])).status,
      ).toBe(200);
    });
  });

  describe(`the main host behind ${program}`, () => {
    test.each(NOT_ASKED)("does not ask about %s, and passes it without identity", async (_name, lines, body) => {
      const answer = await main([...lines, ...FORGED], body);
      expect(answer.status).toBeLessThan(405);
      expect(verifier().take()).toEqual([]);
      const [arrival] = jira().take();
      expect([arrival?.body, arrival?.url]).toEqual([body, lines[0]?.split(" ")[1]]);
      expect(arrival && wholeText(arrival)).not.toContain("root");
    });

    test.each(ASKED)("asks about %s", async (_name, lines) => {
      verifier().say(refused(403));
      expect((await main(lines, "{}")).status).toBe(403);
      expect(verifier().take()).toHaveLength(1);
      expect(jira().take()).toEqual([]);
    });

    test.each(["Authorization", "X-Api-Token"])("asks about a credential behind an empty %s", async (name) => {
      verifier().say(refused(403));
      for (const pair of [
        [`${name}:`, `${name}: lk_1`],
        [`${name}: lk_1`, `${name}:`],
      ])
        expect([pair, (await main(["GET / HTTP/1.1", ...pair])).status]).toEqual([pair, 403]);
      expect([verifier().take().length, jira().take()]).toEqual([2, []]);
    });

    test("gives a token request the same treatment as the API host", async () => {
      await main(["GET /rest/api/2/myself HTTP/1.1", "X-Api-Token: lk_1", "Cookie: JSESSIONID=1"]);
      const [arrival] = jira().take();
      expect(arrival?.headers["x-latchkey-user"]).toEqual(["ada"]);
      expect(arrival?.headers.cookie).toBeUndefined();
      expect(arrival && wholeText(arrival)).not.toContain("lk_1");
    });
  });
}
