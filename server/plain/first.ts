import type { Server } from "node:http";
import type { Socket } from "node:net";
import { PlainConnection, type PlainOptions } from "./connection";
import { Outbox } from "./outbox";

/** The connections on which nothing but plain requests has come so far. */
export type PlainConnections = {
  /** Ends those on which nobody waits for an answer; the others end with it. */
  readonly closeIdle: () => void;
  readonly closeAll: () => void;
};

/**
 * Has a server's connections be read plainly first; it gets each that turns out to carry anything else, as if it had just
 * been opened.
 * @param event with which the server is told of a connection on which it can speak
 */
export function readPlainFirst(
  server: Server,
  event: "connection" | "secureConnection",
  options: Omit<PlainOptions, "handOver" | "closed" | "outbox">,
): PlainConnections {
  const open = new Set<PlainConnection>();
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  const handOver = (socket: Socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const closed = (connection: PlainConnection) => void open.delete(connection);
  const all = { ...options, handOver, closed, outbox: new Outbox() };
  server.on(event, (socket: Socket) => void open.add(new PlainConnection(socket, all)));
  return {
    closeIdle() {
      for (const connection of open) if (connection.isIdle) connection.destroy();
    },
    closeAll() {
      for (const connection of open) connection.destroy();
    },
  };
}
