import { createServer } from "node:net";

const given = new Set<number>();

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment, and that this process was not given before: two asked
 * for one after the other are two. Another process may take it before you do: be ready to ask again.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = await anyPort();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
  throw new Error("No TCP port of 127.0.0.1 is free.");
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
