import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { client, hangUp } from "#test/talking-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { type Listener, listen } from "../listener";
import type { Reply } from "./connection";

// A listener that answers plainly under /plain/…, at once or when it is told to, and leaves all else to node:http.

type Waiting = { readonly socket: Socket; readonly reply: Reply };
let waiting: Waiting[] = [];
/** The server's side of the connection on which somebody last asked plainly. */
let served: Socket | undefined;
/** What was handed over, by its target. */
let left: string[] = [];
const open: Listener[] = [];

afterEach(async () => {
  hangUp();
  await Promise.all(open.splice(0).map((listener) => listener.close(0)));
  [waiting, left] = [[], []];
});

/** Longer than a busy machine keeps this process from reading what has come. */
const LAME_DUCK_MS = 2_000;

const OK = ["Content-Length", "5", "X-By", "plain"];

async function listening(): Promise<Listener> {
  const listener = await listen({
    ...{ name: "verifier", bind: "127.0.0.1", port: 0, portVariable: "VERIFIER_PORT", maxHeaderBytes: 16_384 },
    handle: (request, response) => {
      left.push(request.url ?? "");
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => void response.end(`node:${request.method} ${request.url} ${body}`));
    },
    handlePlain(request, socket, reply) {
      served = socket;
      if (!request.url.startsWith("/plain/")) return false;
      if (request.url === "/plain/later") waiting.push({ socket, reply });
      else reply.send(200, OK, request.url.slice(7).padEnd(5).slice(0, 5));
      return true;
    },
  });
  open.push(listener);
  return listener;
}

const get = (path: string, ...lines: string[]) => [`GET ${path} HTTP/1.1`, "Host: a", ...lines, "", ""].join("\r\n");
const held = () => waitUntil("a request waits", () => waiting[0]);

describe("a connection of plain requests", () => {
  test("answers one after the other and says how long it is kept", async () => {
    const it = client(await listening());
    for (const name of ["first", "again", "third"]) {
      it.say(get(`/plain/${name}`));
      await it.hears(name);
    }
    expect(it.heard.text).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Length: 5\r\nX-By: plain\r\nDate: [^\r]+GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=75\r\n\r\nfirst/,
    );
    expect(it.heard.ended).toBe(false);
  });

  test.each([
    ["a request that the handler leaves", get("/other"), "node:GET /other "],
    ["a body", `${get("/plain/x", "Content-Length: 3").replace("GET", "POST")}abc`, "node:POST /plain/x abc"],
    [
      "a body in chunks",
      `${get("/plain/x", "Transfer-Encoding: chunked").replace("GET", "POST")}3\r\nabc\r\n0\r\n\r\n`,
      "node:POST /plain/x abc",
    ],
    ["an older version", get("/plain/x").replace("1.1", "1.0"), "node:GET /plain/x "],
    ["what is no request", "nonsense\r\n\r\n", "400 Bad Request"],
    ["a request without a host", "GET /plain/x HTTP/1.1\r\n\r\n", "400 Bad Request"],
  ])("hands over %s, also after plain requests, with nothing lost", async (_what, bytes, answer) => {
    const listener = await listening();
    const it = client(listener);
    it.say(get("/plain/first"));
    await it.hears("first");
    it.say(bytes);
    await it.hears(answer);
    const other = client(listener);
    other.say(bytes);
    await other.hears(answer);
    expect(other.heard.text).not.toContain("X-By");
  });

  test("goes on with node:http once it was handed over, as before", async () => {
    const it = client(await listening());
    it.say(get("/other"));
    await it.hears("node:GET /other ");
    it.say(get("/plain/again"));
    await it.hears("node:GET /plain/again ");
  });

  test("takes a request that comes in many pieces", async () => {
    const it = client(await listening());
    it.socket.setNoDelay(true);
    const bytes = get("/plain/piece", "X-Long: value");
    it.say(bytes.slice(0, 11));
    for (let at = 11; at < bytes.length; at += 7) {
      it.say(bytes.slice(at, at + 7));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await it.hears("node:GET /plain/piece ");
  });

  test("answers all of several requests in one piece, in their order", async () => {
    const it = client(await listening());
    it.say(get("/plain/one") + get("/plain/two") + get("/plain/three"));
    await it.hears("node:GET /plain/three ");
    expect(it.heard.text.match(/node:GET \/plain\/\w+/g)).toEqual([
      "node:GET /plain/one",
      "node:GET /plain/two",
      "node:GET /plain/three",
    ]);
  });

  test("keeps what comes before an answer was written, and answers it after that", async () => {
    const it = client(await listening());
    it.say(get("/plain/later"));
    const { reply, socket } = await held();
    it.say(get("/plain/next"));
    await waitUntil("more than one request has come", () => socket.isPaused() || undefined);
    expect(it.heard.text).toBe("");
    reply.send(200, OK, "later");
    await it.hears("node:GET /plain/next ");
    expect(it.heard.text.indexOf("later")).toBeLessThan(it.heard.text.indexOf("node:"));
  });

  test("answers somebody who has said the last word, and ends", async () => {
    const it = client(await listening());
    it.socket.end(get("/plain/later"), "latin1");
    const { reply } = await held();
    reply.send(200, OK, "later");
    await it.hears("later");
    await it.isEnded();
    expect(it.heard.text).toContain("Connection: close\r\n");
  });

  test("does not mind that the other side goes away before it is answered", async () => {
    const listener = await listening();
    const it = client(listener);
    it.say(get("/plain/later"));
    const { reply } = await held();
    it.socket.resetAndDestroy();
    await waitUntil("the connection is gone", () => it.heard.closed || undefined);
    reply.send(200, OK, "later");
    const other = client(listener);
    other.say(get("/plain/other"));
    await other.hears("other");
  });

  test("says nothing of an answer that cannot be sent, and takes another in its place, but no second, nor one for the next request", async () => {
    const it = client(await listening());
    it.say(get("/plain/later"));
    const { reply } = await held();
    expect(() => reply.send(200, ["X-Bad", "a\r\nX-Injected: b"], "")).toThrow(/Invalid character/);
    expect(() => reply.send(200, ["X-Injected: a\r\nX-Bad", "b"], "")).toThrow(/valid HTTP token/);
    reply.send(503, ["Content-Length", "0"], "");
    expect(() => reply.send(200, OK, "again")).toThrow("a second answer");
    await it.hears("503 Service Unavailable");
    expect(it.heard.text).not.toContain("Injected");
    waiting = [];
    it.say(get("/plain/later"));
    const next = await held();
    expect(() => reply.send(200, OK, "wrong")).toThrow("a second answer");
    next.reply.send(200, OK, "right");
    await it.hears("right");
    expect(it.heard.text).not.toContain("wrong");
  });

  test("sends sentences in other alphabets whole", async () => {
    const it = client(await listening());
    it.say(get("/plain/later"));
    const { reply } = await held();
    const body = "Прочитайте: 拒绝 🙂";
    reply.send(403, ["Content-Length", String(Buffer.byteLength(body))], body);
    await it.hears("403 Forbidden");
    await waitUntil("all has come", () => Buffer.from(it.heard.text, "latin1").toString().endsWith(body) || undefined);
  });

  test("waits with further answers for somebody who does not read them", async () => {
    const it = client(await listening());
    it.say(get("/plain/first"));
    await it.hears("first");
    it.socket.pause();
    const many = get("/plain/x").repeat(500);
    const isHeld = () => {
      it.say(many);
      return served?.isPaused() || undefined;
    };
    await waitUntil("nothing more is read", isHeld);
    expect(served?.writableLength).toBeLessThan(2_000_000);
    it.socket.resume();
    await waitUntil("all that was asked is answered", () => it.socket.writableLength === 0 || undefined);
  });
});

describe("a listener that ends", () => {
  test("closes connections on which nobody waits, and answers who does before it closes", async () => {
    const listener = await listening();
    const [idle, busy] = [client(listener), client(listener)];
    idle.say(get("/plain/first"));
    await idle.hears("first");
    busy.say(get("/plain/later"));
    const { reply } = await held();
    open.pop();
    const closed = listener.close(0);
    await idle.isEnded();
    expect(busy.heard.ended).toBe(false);
    reply.send(200, OK, "later");
    await busy.hears("later");
    await busy.isEnded();
    await closed;
    expect(busy.heard.text).toContain("Connection: close\r\n");
  });

  test("hears nothing more on a connection whose last answer is on its way", async () => {
    const listener = await listening();
    const it = client(listener);
    it.say(get("/plain/later"));
    const { reply, socket } = await held();
    open.pop();
    const closed = listener.close(0);
    reply.send(200, OK, "later");
    socket.emit("data", Buffer.from(get("/plain/more")));
    await it.hears("later");
    await closed;
    expect(left).toEqual([]);
  });

  test("still answers as a lame duck, and keeps no connection", async () => {
    const listener = await listening();
    const it = client(listener);
    it.say(get("/plain/first"));
    await it.hears("first");
    open.pop();
    const closed = listener.close(LAME_DUCK_MS);
    it.say(get("/plain/again"));
    await it.hears("node:GET /plain/again ");
    await it.isEnded();
    await closed;
    expect(it.heard.text.toLowerCase()).toContain("connection: close");
  });
});
