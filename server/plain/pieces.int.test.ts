import type { Buffer } from "node:buffer";
import { createServer, connect as netConnect, type Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { type Certificate, openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate } from "#test/certificates";
import { client, hangUp } from "#test/talking-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { listen } from "../listener";
import { hearFirst } from "./pieces";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  hangUp();
  for (const end of ending.splice(0).reverse()) await end();
});

/** A connection of which pieces are heard first, and who speaks on it. */
async function heard() {
  const pieces: string[] = [];
  const made: { socket: Socket; hearNoMore: () => void }[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const hearNoMore = hearFirst(socket, (piece) => void pieces.push(piece.toString("latin1")));
    made.push({ socket, hearNoMore });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  ending.push(() => server.close());
  const address = server.address();
  const it = client({ port: typeof address === "object" && address ? address.port : 0 });
  const { socket, hearNoMore } = await waitUntil("a connection", () => made[0]);
  const hears = (piece: string) => waitUntil(`${piece} is heard`, () => pieces.includes(piece) || undefined);
  return { it, pieces, socket, hearNoMore, hears };
}

test("pieces are heard once each, and what comes while nobody may hear is kept", async () => {
  const { it, pieces, socket, hears } = await heard();
  it.say("first");
  await hears("first");
  expect(socket.readableDidRead).toBe(false); // heard before it was an event
  socket.pause();
  it.say("second");
  await waitUntil("it has come", () => socket.readableLength === 6 || undefined);
  expect(pieces).toEqual(["first"]);
  socket.resume();
  await hears("second");
  it.say("third");
  await hears("third");
  expect(pieces).toEqual(["first", "second", "third"]);
});

test("whoever goes on with the connection gets what comes from then on, what was put back before it, and the end", async () => {
  const { it, pieces, socket, hearNoMore, hears } = await heard();
  it.say("first");
  await hears("first");
  hearNoMore();
  let rest = "";
  let ended = false;
  socket.on("data", (piece: Buffer) => {
    rest += piece.toString("latin1");
  });
  socket.on("end", () => {
    ended = true;
  });
  socket.unshift("put back, ");
  it.socket.end("and after it");
  await waitUntil("the end", () => ended || undefined);
  expect({ rest, pieces }).toEqual({ rest: "put back, and after it", pieces: ["first"] });
});

test("a connection that gives its stream nothing by `push` is heard by its events", async () => {
  const { pieces, socket } = await heard();
  socket.emit("data", "as ever");
  expect(pieces).toEqual(["as ever"]);
});

const MEGABYTES = 3;
const BODY = "0123456789abcdef".repeat(MEGABYTES * 65_536);

/** A listener by which a body is read as slowly as can be: a pause at each piece. */
async function slowReader(certificate?: Certificate) {
  const listener = await listen({
    ...{ name: "verifier", bind: "127.0.0.1", port: 0, portVariable: "VERIFIER_PORT", maxHeaderBytes: 16_384 },
    certificate,
    handlePlain(request, _socket, reply) {
      if (request.method === "POST") return false;
      reply.send(200, ["Content-Length", "5"], "plain");
      return true;
    },
    handle(request, response) {
      let body = "";
      request.setEncoding("latin1").on("data", (piece: string) => {
        body += piece;
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on("end", () => response.end(body === BODY ? "whole" : `${body.length} of ${BODY.length}`));
    },
  });
  ending.push(() => listener.close(0));
  return listener.port;
}

async function certified(): Promise<Certificate> {
  const folder = certificateFolder();
  ending.push(() => folder.remove());
  const { cert, key } = await newCertificate();
  folder.write({ "cert.pem": cert, "key.pem": key });
  const log = createLog("error", { write: () => undefined }, Date.now);
  return openCertificate({ cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined }, log);
}

test.each([
  ["as it is", undefined],
  ["by TLS", certified],
])("a long body after plain requests, %s, arrives whole at somebody who reads it slowly", async (_how, certificate) => {
  const port = await slowReader(await certificate?.());
  const at = { port, host: "127.0.0.1", rejectUnauthorized: false };
  const socket = certificate ? tlsConnect(at) : netConnect(at);
  ending.push(() => socket.destroy());
  let answers = "";
  socket.setEncoding("latin1").on("data", (piece: string) => {
    answers += piece;
  });
  const says = async (bytes: string, answer: RegExp) => {
    socket.write(bytes, "latin1");
    await waitUntil("an answer", () => answer.test(answers) || undefined);
  };
  await says("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", /plain$/);
  await says("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", /plain.+plain$/s);
  await says(`POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`, /(whole|of \d+)/);
  expect(answers).toMatch(/whole/);
});
