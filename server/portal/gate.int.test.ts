import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { absences } from "#lib/db/away";
import { compileRanges } from "#lib/networks/range-set";
import { type Listener, listen } from "#server/listener";
import { gate } from "./gate";

type Seen = { method: string | undefined; url: string | undefined; headers: IncomingMessage["headers"]; body: string };

let listener: Listener;
const seen: Seen[] = [];

beforeAll(async () => {
  const trustedProxies = { ranges: compileRanges([], new Map()), hops: 1 };
  const answers = async () => true;
  const handle = gate(
    { url: "https://tokens.example.com", trustedProxies, absences, answers },
    async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body });
      response.setHeader("Cache-Control", "s-maxage=31536000");
      response.end("from behind");
    },
  );
  listener = await listen({
    name: "portal",
    bind: "127.0.0.1",
    port: 0,
    portVariable: "PORTAL_PORT",
    maxHeaderBytes: 16_384,
    handle: (request, response) => void handle(request, response),
  });
});

afterAll(() => listener.close(0));

type Sent = { method?: string; headers?: Record<string, string>; body?: string; chunked?: boolean };

function send(path: string, { method = "GET", headers = {}, body, chunked }: Sent = {}) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }>((resolve, reject) => {
    const length = body !== undefined && !chunked ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const request = httpRequest({
      host: "127.0.0.1",
      port: listener.port,
      path,
      method,
      headers: { ...length, ...headers },
    });
    request.once("error", reject);
    request.once("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    request.end(body);
  });
}

/** Sends bytes as they are and reads until the other side closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(listener.port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (data) => {
      text += data;
    });
    socket.once("close", () => resolve(text));
    socket.once("error", reject);
  });
}

describe("the portal's gate", () => {
  test("passes the connection's address on, and nothing that clients claim about themselves or to Next", async () => {
    await send("/api/v1/tokens", {
      method: "POST",
      body: "{}",
      headers: {
        "x-middleware-prefetch": "1",
        "X-Latchkey-Peer": "10.0.0.1",
        "X-Forwarded-For": "10.0.0.1",
        "x-forwarded-proto": "http",
        "x-forwarded-host": "evil.example",
        "Content-Security-Policy": "script-src 'nonce-evil'",
        "content-type": "application/json",
      },
    });
    const headers: IncomingMessage["headers"] = seen.at(-1)?.headers ?? {};
    expect(headers).not.toHaveProperty("x-middleware-prefetch");
    expect(headers).toMatchObject({
      "x-latchkey-peer": "127.0.0.1",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
      "content-type": "application/json",
      "content-length": "2",
    });
    expect(headers["x-forwarded-host"]).toBe(headers.host);
    expect(headers["content-security-policy"]).not.toContain("evil");
    expect(seen.at(-1)?.body).toBe("{}");
  });

  test("gives each page a nonce of its own, the same to Next and to the browser", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      const { headers } = await send("/tokens");
      const policy = headers["content-security-policy"];
      expect(seen.at(-1)?.headers["content-security-policy"]).toBe(policy);
      nonces.add(String(policy).match(/'nonce-([^']{20,})'/)?.[1] ?? "none");
    }
    expect(nonces.size).toBe(3);
  });

  test.each(["/tokens", "/api/v1/tokens", "/nowhere", "//evil.example"])(
    "sends the security headers, and keeps %s out of caches",
    async (path) => {
      const { headers } = await send(path);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "strict-transport-security": "max-age=31536000",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
        "permissions-policy": expect.stringContaining("camera=()"),
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    },
  );

  test("lets the hashed files of a build be cached", async () => {
    expect((await send("/_next/static/chunks/a1.js")).headers["cache-control"]).toBe("s-maxage=31536000");
  });

  test("refuses the API in problem details, and pages in a sentence", async () => {
    const api = await send("/api/v1/../admin");
    expect(api.status).toBe(400);
    expect(api.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(api.text)).toMatchObject({ status: 400, code: "malformed", requestId: expect.any(String) });
    const page = await send("/tokens", { method: "POST" });
    expect(page.status).toBe(405);
    expect(page.headers["content-type"]).toContain("text/plain");
  });

  test("sends readers under a foreign name to the public address, and refuses writers", async () => {
    const read = await send("/tokens?a=b", { headers: { host: "evil.example" } });
    expect(read).toMatchObject({ status: 307, headers: { location: "https://tokens.example.com/tokens?a=b" } });
    expect((await send("/api/v1/tokens", { method: "POST", headers: { host: "evil.example" } })).status).toBe(421);
  });

  test.each([false, true])(
    "takes 64 KB and not one byte more, before anybody parses it (length unsaid: %s)",
    async (chunked) => {
      const fits = "x".repeat(64 * 1024);
      const { status } = await send("/api/v1/tokens", { method: "POST", body: fits, chunked });
      expect(status).toBe(200);
      expect(seen.at(-1)?.body).toBe(fits);
      expect(seen.at(-1)?.headers["content-length"]).toBe(String(fits.length));
      const before = seen.length;
      const refused = await send("/api/v1/tokens", { method: "POST", body: `${fits}x`, chunked });
      expect(refused.status).toBe(413);
      expect(JSON.parse(refused.text)).toMatchObject({ code: "too_large" });
      expect(seen.length).toBe(before);
    },
  );

  test.each([
    ["absolute-form", "GET http://tokens.example.com/ HTTP/1.1\r\nHost: tokens.example.com\r\n", "400"],
    ["an authority to connect to", "CONNECT tokens.example.com:443 HTTP/1.1\r\nHost: tokens.example.com\r\n", "405"],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: tokens.example.com\r\n", "405"],
    [
      "an upgrade",
      "GET / HTTP/1.1\r\nHost: tokens.example.com\r\nConnection: upgrade\r\nUpgrade: websocket\r\n",
      "400",
    ],
    ["two hosts", "GET / HTTP/1.1\r\nHost: tokens.example.com\r\nHost: evil.example\r\n", "400"],
    [
      "two credentials",
      "GET /api/v1/me HTTP/1.1\r\nHost: tokens.example.com\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n",
      "400",
    ],
    [
      "a credential hidden behind more lines than Node tells of",
      `GET / HTTP/1.1\r\nHost: localhost\r\n${"a:\r\n".repeat(1_100)}Authorization: Bearer b\r\n`,
      "431",
    ],
    ["no host", "GET / HTTP/1.1\r\nAccept: a\r\n", "400"],
    ["more than 16 KB of headers", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(17_000)}\r\n`, "431"],
    [
      "length and chunks at once",
      "POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
      "400",
    ],
    ["what is no HTTP", "hello\r\n", "400"],
  ])("answers %s itself", async (_what, head, status) => {
    const before = seen.length;
    const answer = await raw(`${head}Connection: close\r\n\r\n`);
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(seen.length).toBe(before);
  });
});
