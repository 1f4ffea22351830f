import cluster from "node:cluster";
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { connect, type Server } from "node:net";
import { join } from "node:path";
import { codeOf, messageOf, StartFailure } from "./start-failure";
import { waitFor } from "./wait";

/** After a crash the port may still be held for a moment by what is dying. */
const PORT_PATIENCE_MS = 2_000;
/** A worker asks who started it, which leaves something behind each time. */
const PORT_PAUSE_MS = cluster.isPrimary ? 25 : 400;

export type Place = {
  /** In sentences: `portal`, `verifier`, `grpc`, `management`. */
  readonly name: string;
  /** An address, or `unix:FOLDER`, in which the socket is called `NAME.sock`. */
  readonly bind: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The variable to change when the port is taken. */
  readonly portVariable: string;
};

export type Bound = {
  /** For people: `http://127.0.0.1:3000` or `unix:/run/latchkey/verifier.sock`. */
  readonly address: string;
  /** 0 on a socket. */
  readonly port: number;
};

/**
 * Has a server listen where it shall. Throws a StartFailure when it cannot.
 * @param scheme of the address for people
 */
export function bindTo(server: Server, place: Place, scheme: string): Promise<Bound> {
  return place.bind.startsWith("unix:") ? onSocket(server, place) : onPort(server, place, scheme);
}

async function onPort(server: Server, options: Place, scheme: string): Promise<Bound> {
  const host = options.bind;
  const taken = await waitFor(
    async () => {
      const thrown = await attempt(server, { host, port: options.port });
      return codeOf(thrown) === "EADDRINUSE" ? undefined : { thrown };
    },
    PORT_PATIENCE_MS,
    PORT_PAUSE_MS,
  );
  if (taken === undefined) {
    throw new StartFailure(
      `Port ${options.port} of ${host} (${options.name}) is in use by another program: stop it, or set ${options.portVariable} to another port.`,
    );
  }
  if (taken.thrown) {
    throw new StartFailure(
      `The ${options.name} cannot listen on ${host}:${options.port} (${messageOf(taken.thrown)}): correct its _BIND and _PORT.`,
    );
  }
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : options.port;
  return { address: `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`, port };
}

async function onSocket(server: Server, options: Place): Promise<Bound> {
  const path = socketOf(options);
  // Where workers share a socket, who started them has looked.
  if (cluster.isPrimary) await clearSocket(options);
  const thrown = await attempt(server, { path });
  if (thrown)
    throw new StartFailure(
      `The ${options.name} cannot listen on ${path} (${messageOf(thrown)}): correct VERIFIER_BIND.`,
    );
  chmodSync(path, 0o666); // who may reach it is decided by the folder
  return { address: `unix:${path}`, port: 0 };
}

const folderOf = ({ bind }: Pick<Place, "bind">): string => bind.slice("unix:".length);
const socketOf = (place: Pick<Place, "bind" | "name">): string => join(folderOf(place), `${place.name}.sock`);

/** Makes way for a socket. Throws a StartFailure where somebody answers at it. */
export async function clearSocket(place: Pick<Place, "bind" | "name">): Promise<void> {
  const path = socketOf(place);
  mkdirSync(folderOf(place), { recursive: true });
  if (!existsSync(path)) return;
  if (await answers(path)) {
    throw new StartFailure(
      `The socket ${path} is in use by another program: stop it, or set VERIFIER_BIND to another folder.`,
    );
  }
  rmSync(path); // left behind by a killed process
}

function attempt(server: Server, at: { host: string; port: number } | { path: string }): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const settle = (thrown?: Error) => {
      server.off("error", settle).off("listening", settle);
      resolve(thrown);
    };
    server.once("error", settle).once("listening", settle).listen(at);
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
