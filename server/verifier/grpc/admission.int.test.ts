import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitUntil } from "#test/upstreams/wait-until";
import { Admission } from "./admission";

let server: Server;
let said: object[];
let served: number;
let sockets: Socket[];
beforeEach(() => {
  [said, served, sockets] = [[], 0, []];
});
afterEach(async () => {
  for (const each of sockets) each.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function guarded(limits: { all: number; ofOne: number }): Promise<Admission> {
  const admission = new Admission({ warn: (_event, fields) => void said.push(fields ?? {}) }, limits);
  server = createServer((socket) => {
    if (!socket.destroyed) served += 1;
  });
  admission.guard(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return admission;
}

async function open(from: string): Promise<Socket> {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const socket = connect({ port, host: "127.0.0.1", localAddress: from }).on("error", () => undefined);
  sockets.push(socket);
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
  return socket;
}

test("a connection too many is counted, and told once however many there are", async () => {
  const admission = await guarded({ all: 2, ofOne: 2 });
  for (let each = 0; each < 6; each += 1) await open("127.0.0.1");
  await waitUntil("four are refused", () => admission.refused === 4 || undefined);
  expect(served).toBe(2);
  expect(said).toEqual([{ address: "127.0.0.1", limitOf: "all", most: 2, refused: 1 }]);
});

test("one address cannot keep the others out, and has room again when it leaves", async () => {
  const admission = await guarded({ all: 100, ofOne: 2 });
  const [first] = [await open("127.0.0.1"), await open("127.0.0.1"), await open("127.0.0.1")];
  await waitUntil("one is refused", () => admission.refused === 1 || undefined);
  expect(said).toMatchObject([{ address: "127.0.0.1", limitOf: "one", most: 2 }]);
  await open("127.0.0.2");
  await waitUntil("another address is served", () => served === 3 || undefined);
  first.destroy();
  await waitUntil("there is room again", async () => {
    await open("127.0.0.1");
    return served === 4 || undefined;
  });
});

test("there is room for everybody again when anybody leaves", async () => {
  const admission = await guarded({ all: 2, ofOne: 2 });
  const [first] = [await open("127.0.0.1"), await open("127.0.0.2"), await open("127.0.0.3")];
  await waitUntil("the third is refused", () => admission.refused === 1 || undefined);
  first.destroy();
  await waitUntil("another is served", async () => {
    await open("127.0.0.3");
    return served === 3 || undefined;
  });
});
