import type { Server } from "node:http";
import type { Socket } from "node:net";
import { PlainConnection, type PlainOptions } from "./connection";
import { KnownLines } from "./known-lines";
import { Outbox } from "./outbox";
import { SaidLines } from "./said-lines";

/** The connections on which nothing but plain requests has come so far. */
export type PlainConnections = {
  /** Ends those on which nobody waits for an answer; the others end with it. */
  readonly closeIdle: () => void;
  readonly closeAll: () => void;
};

/** How long connections may be silent. */
export type Patience = {
  /** What the first request may take, and what may lie between two, in milliseconds. */
  readonly firstMs: number;
  readonly keepAliveMs: number;
};

/** How often it is looked who has been silent for too long; nobody is given less time for it, and at most this much more. */
const LOOK_MS = 1_000;

/**
 * Has a server's connections be read plainly first; it gets each that turns out to carry anything else, as if it had just
 * been opened.
 * @param event with which the server is told of a connection on which it can speak
 */
export function readPlainFirst(
  server: Server,
  event: "connection" | "secureConnection",
  options: Omit<PlainOptions, "handOver" | "closed" | "known" | "said" | "outbox" | "silence"> & Patience,
): PlainConnections {
  const open = new Set<PlainConnection>();
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  const handOver = (socket: Socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
  const closed = (connection: PlainConnection) => void open.delete(connection);
  const silence = { turn: 0 };
  const own = { outbox: new Outbox(), silence };
  const all = { ...options, ...own, handOver, closed, known: new KnownLines(), said: new SaidLines() };
  server.on(event, (socket: Socket) => void open.add(new PlainConnection(socket, all)));
  lookForSilence(server, options, (turnsBefore, turnsBetween) => {
    silence.turn += 1;
    for (const connection of open) connection.endIfSilent(turnsBefore, turnsBetween);
  });
  return {
    closeIdle() {
      for (const connection of open) if (connection.isIdle) connection.destroy();
    },
    closeAll() {
      for (const connection of open) connection.destroy();
    },
  };
}

/** Looks every so often, for as long as the server is there: a timer for each connection would be set anew by each request. */
function lookForSilence(
  server: Server,
  { firstMs, keepAliveMs }: Patience,
  look: (turnsBefore: number, turnsBetween: number) => void,
): void {
  const everyMs = Math.min(LOOK_MS, firstMs, keepAliveMs);
  const turns = (ms: number) => Math.ceil(ms / everyMs);
  const timer = setInterval(() => look(turns(firstMs), turns(keepAliveMs)), everyMs).unref();
  server.once("close", () => clearInterval(timer));
}
