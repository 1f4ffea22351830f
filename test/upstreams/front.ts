import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { Duplex } from "node:stream";
import { pairs, tunnel } from "./edge";

/** An application below a path. */
export type Behind = {
  /** What its paths begin with; it does not see that itself. */
  readonly context: string;
  readonly port: number;
  /** Headers for it alone, in place of what came. */
  readonly adds?: Readonly<Record<string, string>>;
};

/** Several applications behind one port, as a company's server has them: the first whose context begins the path. */
export async function startFront(behind: readonly Behind[]): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer({ maxHeaderSize: 65_536 }, (came, response) => {
    const to = behind.find(({ context }) => came.url?.startsWith(context));
    if (to === undefined) return void response.writeHead(404).end();
    passOn(to, came, response);
  });
  server.on("upgrade", (came: IncomingMessage, socket: Duplex) => {
    const to = behind.find(({ context }) => came.url?.startsWith(context));
    if (to === undefined) return void socket.destroy();
    tunnel({ port: to.port, method: "GET", url: pathBelow(to, came), lines: pairs(came.rawHeaders) }, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return {
    port: address.port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const pathBelow = ({ context }: Behind, { url = "" }: IncomingMessage) => url.slice(context.length) || "/";

function passOn(to: Behind, came: IncomingMessage, response: ServerResponse): void {
  const { port, adds = {} } = to;
  const added = Object.entries(adds);
  const own = new Set(added.map(([name]) => name.toLowerCase()));
  const headers = came.rawHeaders.flatMap((name, at, all) =>
    at % 2 === 0 && !own.has(name.toLowerCase()) ? [name, all[at + 1] ?? ""] : [],
  );
  const target = { host: "127.0.0.1", port, method: came.method, path: pathBelow(to, came), setHost: false };
  const asked = send({ ...target, headers: [...headers, ...added.flat()] }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  came.pipe(asked);
}
