import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runs } from "#test/fuzz/runs";
import { KnownLines } from "./known-lines";
import { readPlain } from "./request";

// What we read plainly is read by node:http in the same way: nobody can be told another request than we judge.

type Heard = { method?: string | undefined; url?: string | undefined; rawHeaders: readonly string[]; body: string };

let server: Server;
let heard: Heard[] = [];

beforeAll(async () => {
  server = createServer({ keepAliveTimeout: 60_000 }, (request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("latin1").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const { method, url, rawHeaders } = request;
      heard.push({ method, url, rawHeaders: [...rawHeaders], body });
      response.writeHead(204).end();
    });
  });
  server.on("upgrade", (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What node:http makes of a piece and the end of the connection. */
async function heardOf(piece: Buffer): Promise<Heard[]> {
  const address = server.address();
  heard = [];
  await new Promise<void>((resolve) => {
    const socket = connect(typeof address === "object" && address ? address.port : 0, "127.0.0.1");
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume().end(piece);
  });
  return heard;
}

const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
const ODD = fc.constantFrom("\r", "\n", "\r\n", "\0", "\t", " ", ":", "\u00e9", "\u007f", "#", '"', "{", "\\", "", ",");
const text = (chars: string, most: number) =>
  fc.string({ unit: rarely(fc.constantFrom(...chars), ODD), maxLength: most });
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_";
const NAMES = [
  ...["Host", "Accept", "X-Api-Token", "Connection", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade"],
  ...["Proxy-Connection", "Keep-Alive", "TE", "Trailer", "X_Under", "Cookie", "Set-Cookie", "Content-Type"],
];
const VALUES = ["0", "1", "chunked", "close", "keep-alive", "*/*", "a, b", "", "x y", "100-continue", "h2c"];
const header = fc
  .tuple(
    fc.oneof(fc.constantFrom(...NAMES), text(LETTERS, 17)),
    rarely(fc.constantFrom(": ", ":"), fc.constantFrom(" : ", ":  ", ":\t", "", " ")),
    fc.oneof(fc.constantFrom(...VALUES), text(`${LETTERS}%./;=?&"'()<>@[]\\^{|}~ `, 30)),
  )
  .map((parts) => parts.join(""));
const requestLine = fc
  .tuple(
    rarely(fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "PURGE"), text("GETX", 8)),
    rarely(fc.constant(" "), fc.constantFrom("  ", "\t", "")),
    text(`/${LETTERS}%./;=?&"'()<>@[]\\^\`{|}~`, 40).map((rest) => `/${rest}`),
    rarely(fc.constant(" HTTP/1.1"), fc.constantFrom(" HTTP/1.0", " HTTP/2.0", "", " HTTP/1.1 ")),
  )
  .map((parts) => parts.join(""));
const piece = fc
  .tuple(requestLine, fc.array(header, { maxLength: 6 }), rarely(fc.constant("\r\n\r\n"), text("\r\n", 6)))
  .map(([line, headers, end]) => Buffer.from([line, "Host: a", ...headers].join("\r\n") + end, "latin1"));

test("whatever is read plainly, node:http reads as the same one request without a body", async () => {
  let plain = 0;
  const known = new KnownLines(1);
  const property = fc.asyncProperty(piece, async (bytes) => {
    const read = readPlain(bytes, known);
    if (read === null) return;
    plain += 1;
    const asHeard = await heardOf(bytes);
    expect(asHeard).toEqual([{ ...read, body: "" }]);
  });
  await fc.assert(property, runs(3_000));
  expect(plain).toBeGreaterThan(300);
});
