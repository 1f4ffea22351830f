import { connect, createServer, type Socket } from "node:net";

export type TcpProxy = {
  readonly port: number;
  /** Bytes and new connections vanish, nothing is closed: a black hole, as a failing switch makes it. */
  hang(): void;
  /** Every connection is closed, new ones are refused at once. */
  cut(): void;
  /** Lets everything through again; what hung meanwhile is closed, as it is when the network comes back late. */
  restore(): void;
  stop(): Promise<void>;
};

/** A connection between two of our programs that a test can break. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let state: "open" | "hanging" | "cut" = "open";
  const sockets = new Set<Socket>();
  const closeAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    if (state === "cut") return near.destroy();
    const far = connect(targetPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => state === "open" && to.write(chunk));
      from.on("error", () => from.destroy());
      from.on("close", () => {
        sockets.delete(from);
        if (state !== "hanging") to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return {
    port: address.port,
    hang() {
      state = "hanging";
    },
    cut() {
      state = "cut";
      closeAll();
    },
    restore() {
      state = "open";
      closeAll();
    },
    async stop() {
      closeAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
