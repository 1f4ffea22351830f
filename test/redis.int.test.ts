import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort } from "#server/free-port";
import { startRedis } from "./redis";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** Somebody else, who listens and answers nothing. */
async function foreign(port: number): Promise<number> {
  const server: Server = createServer((socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  open.push({ close: () => server.close() });
  return port;
}

test("a Redis of a test takes another port where somebody was faster, and is never taken for somebody else", async () => {
  const taken = await foreign(await freePort());
  const ports = [taken, taken];
  const redis = await startRedis([], { nextPort: async () => ports.pop() ?? freePort() });
  open.push(redis);
  expect(redis.port).not.toBe(taken);
  expect(await redis.ask("PING")).toBe("PONG");

  await redis.kill();
  await foreign(redis.port);
  await expect(redis.start()).rejects.toThrow(`on port ${redis.port}`);
});
