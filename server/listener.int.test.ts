import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { noteServed } from "#test/crowd";
import { waitUntil } from "#test/upstreams/wait-until";
import { type Listener, type ListenerOptions, listen } from "./listener";

/** Longer than a busy machine keeps this process from reading what has come. */
const LAME_DUCK_MS = 2_000;

/** More than a connection holds. */
const MUCH = "x".repeat(10_000_000);

const open: Listener[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close(0)));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function listening(options: Partial<ListenerOptions> = {}): Promise<Listener> {
  const listener = await listen({
    name: "portal",
    bind: "127.0.0.1",
    port: 0,
    portVariable: "PORTAL_PORT",
    maxHeaderBytes: 16_384,
    handle: (_request, response) => void response.end("here"),
    ...options,
  });
  open.push(listener);
  return listener;
}

function get(at: { port: number } | { socketPath: string }, agent?: Agent) {
  return new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", ...at, ...(agent ? { agent } : {}) }, (response) => {
      response
        .resume()
        .once("end", () => resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }));
    });
    request.once("error", reject).end();
  });
}

function raw(port: number, bytes: string, more?: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (data) => {
      all += data;
    });
    void more?.then((later) => socket.write(later));
    socket.once("close", () => resolve(all)).once("error", reject);
  });
}

describe("a listener", () => {
  test("picks a free port when it may, and says which", async () => {
    const listener = await listening();
    expect(listener.port).toBeGreaterThan(1023);
    expect(listener.address).toBe(`http://127.0.0.1:${listener.port}`);
    expect((await get({ port: listener.port })).status).toBe(200);
  });

  test("waits for a port that is being given up, and takes it", async () => {
    const before = createServer();
    const port = await new Promise<number>((resolve) => {
      before.listen(0, "127.0.0.1", () => {
        const bound = before.address();
        resolve(typeof bound === "object" && bound ? bound.port : 0);
      });
    });
    const waiting = listening({ port });
    before.close();
    expect((await waiting).port).toBe(port);
  });

  test("refuses a port that stays in use, naming the variable", async () => {
    const { port } = await listening();
    await expect(listening({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 (portal) is in use by another program: stop it, or set PORTAL_PORT to another port.`,
    );
  });

  test("refuses an address that is not this machine's, in one sentence", async () => {
    await expect(listening({ bind: "192.0.2.1" })).rejects.toThrow(
      /^The portal cannot listen on 192\.0\.2\.1:0 .*correct its _BIND and _PORT\.$/,
    );
  });

  test("listens on a socket in a folder, takes it over from a dead process, and not from a living one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-socket-"));
    folders.push(folder);
    const path = join(folder, "verifier.sock");
    const options = { name: "verifier", bind: `unix:${folder}` };
    const listener = await listening(options);
    expect(listener.address).toBe(`unix:${path}`);
    expect(statSync(path).isSocket()).toBe(true);
    expect((await get({ socketPath: path })).status).toBe(200);
    await expect(listening(options)).rejects.toThrow(/verifier\.sock is in use by another program/);
    await listener.close(0);
    expect(existsSync(path)).toBe(false);
  });

  test("as a lame duck it still answers, but keeps no connection; then it is gone", async () => {
    const listener = await listening();
    const agent = new Agent({ keepAlive: true });
    expect((await get({ port: listener.port }, agent)).connection).toBe("keep-alive");
    const closed = listener.close(LAME_DUCK_MS);
    expect(await get({ port: listener.port }, agent)).toEqual({ status: 200, connection: "close" });
    await closed;
    await expect(get({ port: listener.port })).rejects.toMatchObject({ code: "ECONNREFUSED" });
    agent.destroy();
  });

  test("lets what runs come to its end before it closes", async () => {
    let finish: () => void = () => undefined;
    const begun = new Promise<void>((begin) => {
      void listening({
        handle: (_request, response) => {
          finish = () => response.end("late");
          begin();
        },
      });
    });
    const slow = (async () => {
      while (open.length === 0) await new Promise((resolve) => setImmediate(resolve));
      return get({ port: open[0]?.port ?? 0 });
    })();
    await begun;
    const closed = open[0]?.close(0);
    finish();
    expect((await slow).status).toBe(200);
    await closed;
  });

  test.each([
    ["headers of more than the limit", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(17_000)}\r\n\r\n`, "431"],
    ["what is no HTTP", "hello\r\n\r\n", "400"],
    ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "405"],
    ["an upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", "400"],
  ])("answers %s itself, and closes", async (_what, bytes, status) => {
    const { port } = await listening();
    const answer = await raw(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain("Connection: close");
    expect(answer).toContain("Content-Length: 0");
  });

  test("hangs up on whoever asks and asks, and takes no answer", async () => {
    const served = noteServed();
    const { port } = await listening({ stallMs: 300, handle: (_request, response) => void response.end(MUCH) });
    const asks = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20);
    const socket = connect(port, "127.0.0.1", () => socket.write(asks))
      .pause()
      .on("error", () => undefined);
    await waitUntil("it is there", () => served.countAt(port) === 1 || undefined);
    await waitUntil("it is gone", () => served.openAt(port) === 0 || undefined);
    expect((await get({ port })).status).toBe(200);
    socket.destroy();
    served.end();
  });

  test("keeps whoever waits for an answer that takes longer than that", async () => {
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      void request.socket.once("timeout", () => response.end("at last"));
    const { port } = await listening({ stallMs: 300, handle });
    expect(await raw(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(/at last/);
  });

  test("lets a handler answer an upgrade that wants to, and closes without switching or reading on", async () => {
    const seen: unknown[] = [];
    const { port } = await listening({
      ownUpgrades: true,
      handle: (request, response) => {
        seen.push([request.method, request.url, request.headers.upgrade]);
        response.writeHead(403, ["Content-Length", "2"]).end("no");
      },
    });
    const asks = "GET /a?b HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    const answer = await raw(port, `${asks}GET /next HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).toContain("Connection: close\r\n");
    expect(seen).toEqual([["GET", "/a?b", "websocket"]]);
  });

  test("reads the body beside an upgrade that a handler answers", async () => {
    const bodies: string[] = [];
    const { port } = await listening({
      ownUpgrades: true,
      handle: async (request, response) => {
        bodies.push(await text(request));
        response.end("judged");
      },
    });
    const head = "POST /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";
    expect(await raw(port, `${head}Content-Length: 2\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 200 .*judged$/s);
    expect(bodies).toEqual(["{}"]);
  });

  test.each([
    ["a request", "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["no HTTP", "\u0001\u0002\r\n\r\n"],
  ])("reads nothing that comes after an upgrade while that is being judged, be it %s", async (_what, next) => {
    const asks = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    const seen: unknown[] = [];
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { port } = await listening({
      ownUpgrades: true,
      handle: async (request, response) => {
        seen.push(request.url);
        begin();
        while (request.socket.bytesRead < asks.length + next.length)
          await new Promise((resolve) => setImmediate(resolve));
        response.end("judged");
      },
    });
    const answer = await raw(
      port,
      asks,
      begun.then(() => next),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*judged$/s);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(seen).toEqual(["/a"]);
  });
});
