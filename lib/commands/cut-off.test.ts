import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refuse } from "#lib/errors/error";
import { logTo } from "#lib/log";
import { answering, readJson } from "./answer";

const lines: string[] = [];
let server: Server;
let port = 0;
let arrived: (request: IncomingMessage) => void = () => {};

beforeAll(async () => {
  process.env.DATABASE_URL = "postgresql://portal@localhost/latchkey";
  process.env.LATCHKEY_SECRET = "0123456789abcdef0123456789abcdef";
  process.env.LATCHKEY_URL = "https://tokens.example.com";
  logTo({ write: (text) => lines.push(text) });
  server = createServer((request) => arrived(request)).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** As Next hands a request to a route: its body is the stream of the connection. */
function handed(request: IncomingMessage): Promise<Response> {
  const init = { method: "POST", body: Readable.toWeb(request), duplex: "half" };
  const headers = { "content-type": "application/json" };
  const asked = new Request("https://tokens.example.com/api/v1/leaks", { ...init, headers } as RequestInit);
  return answering(asked, async () => {
    const body = await readJson(asked);
    return body.ok ? refuse("not_found", "It was whole.") : body;
  });
}

const LENGTHS = ["Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n64\r\n"];
const CUTS: readonly (readonly [how: string, cut: (socket: Socket) => void])[] = [
  ["closed", (socket) => socket.destroy()],
  ["reset", (socket) => socket.resetAndDestroy()],
  ["ended on one side", (socket) => socket.end()],
];

test.each(CUTS)(
  "a body that is cut off in the middle (%s) is the client's doing, and no line in the log",
  async (_how, cut) => {
    for (const length of LENGTHS) {
      lines.length = 0;
      const came = new Promise<IncomingMessage>((resolve) => {
        arrived = resolve;
      });
      const socket = connect(port, "127.0.0.1")
        .on("error", () => {})
        .resume();
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${length}{"secrets":`);
      const request = await came;
      const answered = handed(request);
      cut(socket);
      expect(await (await answered).json()).toMatchObject({ code: "malformed", detail: "The body was cut off." });
      expect(lines.filter((line) => !line.includes('"level":"debug"'))).toEqual([]);
      socket.destroy();
    }
  },
);
