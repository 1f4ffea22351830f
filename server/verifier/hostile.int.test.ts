import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let at: TestPlane;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "far", GATEWAY_SECRET, [jira], { peers: ["198.51.100.0/24"] });
  const { id } = await installation.person("maria", ["api-users"]);
  token = await seedToken(db, id);
  at = await startPlane(database.verifierUrl, "v1");
  await waitUntil("the token in memory", async () => ((await good()).status === 200 ? true : undefined));
});
afterAll(async () => {
  await at.stop();
  await installation.close();
});

const bearer = () => ({ Authorization: `Bearer ${token.secret}` });
const good = () => askPlane(at.port, bearer());
const raw = (...lines: string[]) => rawRequest({ address: "127.0.0.1", port: at.port }, lines);
const authz = (first: string, ...more: string[]) => raw(first, ...asNginx(bearer()), ...more);

/** Sends bytes as they are; gives everything that came back until the other side closed. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(at.port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
    socket.setTimeout(10_000, () => reject(new Error("neither answered nor closed")));
  });
}
const statusesIn = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

describe("what is no endpoint", () => {
  test.each([
    "/",
    "/v1/authz/nginx",
    "/v1/authz/nginx/",
    "/v1/authz/nginx/gw1/",
    "/v1/authz/nginx/gw1/../gw1",
    "/v1/authz/nginx/%67w1",
    "/v1//authz/nginx/gw1",
    "//v1/authz/nginx/gw1",
    "/v1/authz/nginx/gw1;x",
    "/v1/authz/nginx/gw1#x",
    "/V1/authz/nginx/gw1",
    "/v1/authz/envoy/gw1",
    "/v1/authz/envoy/gw1?/rest",
    "/livez",
    "/readyz",
    "/metrics",
    "/favicon.ico",
    "http://evil.example/v1/authz/nginx/gw1",
    "*",
  ])("is 404, with a good token too: %s", async (url) => {
    expect((await authz(`GET ${url} HTTP/1.1`)).status).toBe(404);
    expect((await authz(`OPTIONS ${url} HTTP/1.1`)).status).toBe(404);
  });
});

describe("an endpoint", () => {
  test("answers every method alike, HEAD without a body", async () => {
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "PROPFIND", "REPORT", "MKCOL", "TRACE", "OPTIONS"]) {
      expect((await authz(`${method} /v1/authz/nginx/gw1 HTTP/1.1`)).status).toBe(200);
    }
    const asked = asNginx({ Authorization: "Bearer nobody's" });
    const [get, head] = [
      await raw("GET /v1/authz/nginx/gw1 HTTP/1.1", ...asked),
      await raw("HEAD /v1/authz/nginx/gw1 HTTP/1.1", ...asked),
    ];
    expect([head.status, head.headers["content-length"], head.body]).toEqual([
      get.status,
      get.headers["content-length"],
      "",
    ]);
  });

  test("takes no policy from its own query", async () => {
    expect((await authz("GET /v1/authz/nginx/gw1?allow=1&access_token=x HTTP/1.1")).status).toBe(200);
    const without = await raw(
      "GET /v1/authz/nginx/gw1?app=jira&user=maria HTTP/1.1",
      ...asNginx({ "X-Original-URI": null, ...bearer() }),
    );
    expect([without.status, without.headers["x-latchkey-status"]]).toEqual([403, ["400"]]);
  });

  test("never answers anything that nginx could take for an allow, whatever the original request says", async () => {
    const hostile: Record<string, string>[] = [
      { "X-Original-URI": "/rest/../secure/admin" },
      { "X-Original-URI": "/rest/%2e%2e/secure/admin" },
      { "X-Original-URI": "/rest;x=1/api" },
      { "X-Original-URI": "http://jira.corp/rest/api/2/myself" },
      { "X-Original-Method": "TRACE" },
      { "X-Original-Method": "get" },
      { "X-Original-Host": "evil.example" },
      { "X-Original-Proto": "gopher" },
      { "X-Real-IP": "127.0.0.1, 192.0.2.7" },
      { "X-Latchkey-Gateway-Key": "wrong" },
      { Authorization: `Bearer ${token.secret}x` },
      { Authorization: `Bearer ${token.secret.slice(0, -1)}` },
    ];
    for (const some of hostile) {
      const { status } = await askPlane(at.port, { ...bearer(), ...some });
      expect([some, [401, 403].includes(status)]).toEqual([some, true]);
    }
  });

  test.each([
    "X-Original-Method",
    "X-Original-URI",
    "X-Original-Host",
    "X-Original-Proto",
    "X-Real-IP",
    "Authorization",
    "X-Latchkey-Gateway-Key",
  ])("refuses %s sent twice", async (name) => {
    const [line = ""] = asNginx(bearer()).filter((each) => each.startsWith(`${name}:`));
    expect(
      (
        await authz(
          "GET /v1/authz/nginx/gw1 HTTP/1.1",
          line.toUpperCase().startsWith("X-REAL") ? `${name}: 192.0.2.7` : line,
        )
      ).status,
    ).toBe(403);
  });

  test("believes nobody from a foreign address, whatever it knows", async () => {
    expect((await authz("GET /v1/authz/nginx/far HTTP/1.1")).status).toBe(403);
    expect((await authz("GET /v1/authz/nginx/nobody HTTP/1.1")).status).toBe(403);
  });

  test("takes 60 KB of headers, and refuses more lines than Node tells it of", async () => {
    expect((await authz("GET /v1/authz/nginx/gw1 HTTP/1.1", `Cookie: ${"c".repeat(60_000)}`)).status).toBe(200);
    const before = at.lines.length;
    const many = Array.from({ length: 3_000 }, (_, i) => `X-${i}: 1`);
    const first = ["GET /v1/authz/nginx/gw1 HTTP/1.1", "Host: authz", ...asNginx(bearer())];
    for (const more of [[], ["Authorization: Basic eDp5"]]) {
      const { status, headers } = await raw(...first, ...many, ...more);
      expect([status, headers["x-latchkey-status"], headers["x-latchkey-reason"]]).toEqual([
        ...[403, ["400"], ["request_unreadable"]],
      ]);
    }
    // Nobody learns more who is no gateway.
    const nobody = first.filter((line) => !line.startsWith("X-Latchkey-Gateway-Key"));
    expect((await raw(...nobody, ...many)).headers["x-latchkey-reason"]).toEqual(["gateway_unauthorized"]);
    expect(at.lines.slice(before).filter((line) => JSON.parse(line).level === "error")).toEqual([]);
    expect((await authz("GET /v1/authz/nginx/gw1 HTTP/1.1", `Cookie: ${"c".repeat(70_000)}`)).status).toBe(431);
  });
});

describe("bodies and connections", () => {
  const head = (first: string, ...more: string[]) =>
    `${[first, "Host: authz", ...asNginx(bearer()), ...more].join("\r\n")}\r\n\r\n`;

  test("a body is not read and never becomes the next request", async () => {
    const smuggled = "GET /v1/authz/nginx/gw1 HTTP/1.1\r\nHost: authz\r\n\r\n";
    const length = `Content-Length: ${smuggled.length}`;
    expect(statusesIn(await send(head("POST /v1/authz/nginx/gw1 HTTP/1.1", length) + smuggled))).toEqual([200]);
    const chunked = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
    expect(
      statusesIn(await send(head("POST /v1/authz/nginx/gw1 HTTP/1.1", "Transfer-Encoding: chunked") + chunked)),
    ).toEqual([200]);
  });

  test("a body that is announced is not asked for, and not waited for", async () => {
    const text = await send(
      head("POST /v1/authz/nginx/gw1 HTTP/1.1", "Content-Length: 1000000", "Expect: 100-continue"),
    );
    expect(statusesIn(text)).toEqual([200]);
    expect(text).toContain("Connection: close");
  });

  test("a connection is kept for the next request, as nginx keeps it", async () => {
    const text = await send(
      head("GET /v1/authz/nginx/gw1 HTTP/1.1") + head("GET /v1/authz/nginx/gw1 HTTP/1.1", "Connection: close"),
    );
    expect(statusesIn(text)).toEqual([200, 200]);
  });

  test.each([
    ["no HTTP at all", () => "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"],
    ["CONNECT", () => head("CONNECT jira.corp:443 HTTP/1.1")],
    [
      "a change of protocol",
      () => head("GET /v1/authz/nginx/gw1 HTTP/1.1", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"),
    ],
    ["another version", () => head("GET /v1/authz/nginx/gw1 HTTP/3.0")],
  ])("%s is refused, and whoever comes next is served", async (_what, bytes) => {
    const statuses = statusesIn(await send(bytes()));
    expect(statuses.every((status) => status >= 400)).toBe(true);
    expect((await good()).status).toBe(200);
  });

  test.each([[[]], [["Connection: Upgrade"]]])(
    "an Upgrade that the gateway passes on is judged like any request: %j",
    async (more) => {
      const answer = await authz("GET /v1/authz/nginx/gw1 HTTP/1.1", "Upgrade: websocket", ...more);
      expect(answer.status).toBe(403);
      expect(answer.headers["x-latchkey-reason"]).toEqual(["upgrade_refused"]);
      expect(answer.headers["x-latchkey-request-id"]).toHaveLength(1);
    },
  );

  test("a body announced beside an Upgrade is not read as the next request", async () => {
    const next = head("GET /v1/authz/nginx/gw1 HTTP/1.1");
    const asks = head(
      "POST /v1/authz/nginx/gw1 HTTP/1.1",
      "Connection: Upgrade",
      "Upgrade: websocket",
      `Content-Length: ${next.length}`,
    );
    expect(statusesIn(await send(asks + next))).toEqual([403]);
  });

  test("callers that go away in the middle do no harm", async () => {
    await Promise.all(
      Array.from(
        { length: 50 },
        (_, i) =>
          new Promise<void>((resolve) => {
            const socket = connect(at.port, "127.0.0.1", () => {
              socket.write(head("GET /v1/authz/nginx/gw1 HTTP/1.1").slice(0, 40 + i * 10));
              socket.destroy();
            });
            socket.on("close", () => resolve());
            socket.on("error", () => undefined);
          }),
      ),
    );
    expect((await good()).status).toBe(200);
  });
});
