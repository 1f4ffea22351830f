import { createServer } from "node:http";
import { createServer as createNetServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { client, hangUp } from "#test/talking-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { endWith } from "../last-word";
import { PlainConnection, type Reply } from "./connection";
import { readPlainFirst } from "./first";
import { KnownLines } from "./known-lines";
import { Outbox } from "./outbox";
import { SaidLines } from "./said-lines";

afterEach(hangUp);

const LONG_MS = 60_000;

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

type Waits = { readonly firstMs?: number; readonly keepAliveMs?: number };

/** A client of a server that answers each plain request, and waits only as long as it is told to. */
async function served({ firstMs = LONG_MS, keepAliveMs = LONG_MS }: Waits) {
  const server = createServer();
  const asked: string[] = [];
  readPlainFirst(server, "connection", {
    handle: ({ url }, _socket, reply) => {
      asked.push(url);
      reply.send(200, ["Content-Length", "5"], "first");
      return true;
    },
    ...{ isEnding: () => false, firstMs, keepAliveMs },
    tooLate: (socket) => endWith(socket, "408 Request Timeout", 200),
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const it = client({ port: typeof address === "object" && address ? address.port : 0 });
  const close = async () => {
    it.socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { it, asked, close };
}

test.each([
  ["before the first request: it is told so", { firstMs: 60 }, "", "408 Request Timeout"],
  ["after a request: it just ends", { keepAliveMs: 60 }, get("/first"), "first"],
])(
  "a connection on which nothing comes ends %s, and nothing that comes late is judged",
  async (_when, waits, bytes, last) => {
    const { it, asked, close } = await served(waits);
    if (bytes !== "") it.say(bytes);
    await it.hears(last);
    await it.isEnded();
    await waitUntil("nobody takes anything more", () => {
      if (!it.heard.closed) it.say(get("/late"));
      return it.heard.closed || undefined;
    });
    expect(asked).not.toContain("/late");
    await close();
  },
);

test("a connection ends at blank lines between requests, and nobody is told of a request that was late", async () => {
  const { it, close } = await served({});
  it.say(get("/first"));
  await it.hears("first");
  it.say("\r\n");
  await it.isEnded();
  expect(it.heard.text).not.toContain("408");
  await close();
});

/** A connection whose silence is counted by hand. */
async function counted() {
  const silence = { turn: 0 };
  const made: PlainConnection[] = [];
  const late: Socket[] = [];
  const options = {
    handle: ({ url }: { readonly url: string }, _socket: Socket, reply: Reply) => {
      reply.send(200, ["Content-Length", String(url.length)], url);
      return true;
    },
    ...{ handOver: () => undefined, isEnding: () => false, keepAliveMs: LONG_MS, silence },
    ...{
      tooLate: (socket: Socket) => void late.push(socket),
      closed: () => undefined,
      known: new KnownLines(),
      said: new SaidLines(),
      outbox: new Outbox(),
    },
  };
  const server = createNetServer((socket) => void made.push(new PlainConnection(socket, options)));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const it = client({ port: typeof address === "object" && address ? address.port : 0 });
  const connection = await waitUntil("a connection", () => made[0]);
  const looked = (turns: number) => {
    silence.turn += turns;
    connection.endIfSilent(1, 3);
  };
  return { it, late, looked, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("silence is counted from what came last: whoever asks now and then is kept", async () => {
  const { it, late, looked, close } = await counted();
  for (const path of ["/a", "/b", "/c"]) {
    it.say(get(path));
    await it.hears(path);
    looked(3);
  }
  it.say(get("/d"));
  await it.hears("/d");
  looked(4);
  await it.isEnded();
  expect(late).toEqual([]);
  await close();
});

test("whoever was told that it is too late, and does not go, is cut off after as long again", async () => {
  const { it, late, looked, close } = await counted();
  looked(1);
  expect(late).toEqual([]);
  looked(1);
  looked(1);
  expect([late.length, late[0]?.destroyed]).toEqual([1, false]);
  looked(1);
  expect(late[0]?.destroyed).toBe(true);
  await it.isEnded();
  await close();
});
