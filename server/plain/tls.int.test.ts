import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate } from "#test/certificates";
import { type Listener, listen } from "../listener";

const ROUNDS = 200;
const folder = certificateFolder();
let listener: Listener;
/** Requests that were read by node:http. */
let left = 0;

beforeAll(async () => {
  const { cert, key } = await newCertificate();
  folder.write({ "cert.pem": cert, "key.pem": key });
  listener = await listen({
    ...{ name: "verifier", bind: "127.0.0.1", port: 0, portVariable: "VERIFIER_PORT", maxHeaderBytes: 16_384 },
    certificate: openCertificate(
      { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined },
      createLog("error", { write: () => undefined }, Date.now),
    ),
    handle(_request, response) {
      left += 1;
      response.end();
    },
    handlePlain(_request, _socket, reply) {
      reply.send(200, ["Content-Length", "0"], "");
      return true;
    },
  });
});
afterAll(async () => {
  await listener.close(0);
  folder.remove();
});

/** Asks again as soon as it is answered, by TLS and on a thread of its own, as a gateway does. */
const GATEWAY = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { port, rounds } = workerData;
  const socket = require("node:tls").connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  let answered = 0;
  const ask = () => socket.write("GET /plain HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
  socket.on("secureConnect", ask).on("data", () => {
    answered += 1;
    if (answered < rounds) ask();
    else socket.end();
  });
  socket.on("close", () => parentPort.postMessage(answered));
`;

test("who asks again at once by TLS stays with the plain reader", async () => {
  const gateway = new Worker(GATEWAY, { eval: true, workerData: { port: listener.port, rounds: ROUNDS } });
  const answered = await new Promise((resolve, reject) => void gateway.on("message", resolve).on("error", reject));
  expect({ answered, left }).toEqual({ answered: ROUNDS, left: 0 });
});
