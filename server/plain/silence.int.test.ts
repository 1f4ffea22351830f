import { createServer } from "node:http";
import { createServer as createNetServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { client, hangUp } from "#test/talking-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { endWith } from "../last-word";
import { PlainConnection, type Reply } from "./connection";
import { readPlainFirst } from "./first";
import { Outbox } from "./outbox";

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

test("silence is counted from what came last: whoever asks now and then is kept", async () => {
  const silence = { turn: 0 };
  let connection: PlainConnection | undefined;
  const options = {
    handle: ({ url }: { readonly url: string }, _socket: Socket, reply: Reply) => {
      reply.send(200, ["Content-Length", String(url.length)], url);
      return true;
    },
    ...{ handOver: () => undefined, isEnding: () => false, keepAliveMs: LONG_MS, silence },
    ...{ tooLate: () => undefined, closed: () => undefined, outbox: new Outbox() },
  };
  const server = createNetServer((socket) => {
    connection = new PlainConnection(socket, options);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const it = client({ port: typeof address === "object" && address ? address.port : 0 });
  for (const path of ["/a", "/b", "/c"]) {
    it.say(get(path));
    await it.hears(path);
    silence.turn += 3;
    connection?.endIfSilent(1, 3);
  }
  it.say(get("/d"));
  await it.hears("/d");
  silence.turn += 4;
  connection?.endIfSilent(1, 3);
  await it.isEnded();
  await new Promise((resolve) => server.close(resolve));
});
