import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer, Socket } from "node:net";
import { expect, test } from "vitest";
import { rawRequest } from "./raw-request";
import { asksForWebSocket } from "./web-socket";

type At = { address: string; port: number };

/** Asks one who answers that and resets the connection once it was read. */
async function cutOffBehind<T>(answer: string, ask: (to: At) => Promise<T>): Promise<T> {
  let far: Socket | undefined;
  const server = createServer((socket) => {
    far = socket;
    socket.on("error", () => undefined);
    socket.once("data", () => (answer === "" ? socket.resetAndDestroy() : socket.write(answer)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  const resets = (message: unknown) => {
    if (message instanceof Object && "socket" in message && message.socket instanceof Socket)
      message.socket.once("data", () => far?.resetAndDestroy());
  };
  subscribe("net.client.socket", resets);
  try {
    return await ask({ address: address.address, port: address.port });
  } finally {
    unsubscribe("net.client.socket", resets);
    server.close();
  }
}

const REFUSAL = "HTTP/1.1 431 Too Large\r\nContent-Length: 2\r\n\r\nno";
const plain = (to: At) => rawRequest(to, ["GET / HTTP/1.1"]);
const webSocket = (to: At) => asksForWebSocket(to, "/ws", []);

test("an answer that a reset follows is an answer", async () => {
  expect(await cutOffBehind(REFUSAL, plain)).toMatchObject({ status: 431, body: "no" });
  expect(await cutOffBehind(REFUSAL, webSocket)).toBe(431);
});

test("a reset without a whole head is none", async () => {
  for (const part of ["", "HTTP/1.1 431 Too Large\r\n"]) {
    await expect(cutOffBehind(part, plain)).rejects.toThrow("ECONNRESET");
    expect(await cutOffBehind(part, webSocket)).toBe(0);
  }
});

test("a WebSocket that is over once it is open has not worked", async () => {
  const opened = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
  await expect(cutOffBehind(opened, webSocket)).rejects.toThrow("is over before");
});
