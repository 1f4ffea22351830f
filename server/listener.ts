import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf, messageOf, StartFailure } from "./start-failure";
import { waitFor } from "./wait";

/** What a gateway or browser may take to send its headers, and a whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than nginx (60 s), HAProxy and Traefik keep their side: the gateway closes first, and no request meets a closing connection. */
const KEEP_ALIVE_MS = 75_000;
/** After a crash the port may still be held for a moment by what is dying. */
const PORT_PATIENCE_MS = 2_000;
const DRAIN_LIMIT_MS = 15_000;

export type ListenerOptions = {
  /** In sentences: `portal`, `verifier`, `management`. */
  readonly name: string;
  /** An address, or `unix:FOLDER`, in which the socket is called `NAME.sock`. */
  readonly bind: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The variable to change when the port is taken. */
  readonly portVariable: string;
  readonly maxHeaderBytes: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** The handler itself says whether it wants a body that is only announced (`Expect`); otherwise it is asked for. */
  readonly ownExpectations?: boolean;
};

export type Listener = {
  /** For people: `http://127.0.0.1:3000` or `unix:/run/latchkey/verifier.sock`. */
  readonly address: string;
  /** 0 on a socket. */
  readonly port: number;
  /**
   * Ends it: first a lame duck, which still answers but keeps no connection, so that whoever balances load can turn
   * away; then nothing new, and what runs may finish.
   */
  readonly close: (lameDuckMs: number) => Promise<void>;
};

/** Listens for HTTP with the limits that portal, verifier and management share. Throws a StartFailure when it cannot. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  let ending = false;
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (ending) response.setHeader("connection", "close");
    options.handle(request, response);
  };
  const server = createServer(
    {
      maxHeaderSize: options.maxHeaderBytes,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 1_000,
    },
    handle,
  );
  if (options.ownExpectations) {
    server.on("checkContinue", handle);
    server.on("checkExpectation", handle);
  }
  server.on("clientError", answerClientError);
  server.on("connect", (_request, socket: Duplex) => endWith(socket, "405 Method Not Allowed"));
  server.on("upgrade", (_request, socket: Duplex) => endWith(socket, "400 Bad Request"));
  const address = options.bind.startsWith("unix:") ? await onSocket(server, options) : await onPort(server, options);
  return {
    ...address,
    close: async (lameDuckMs) => {
      ending = true;
      await delay(lameDuckMs);
      await drain(server);
    },
  };
}

async function onPort(server: Server, options: ListenerOptions) {
  const host = options.bind;
  const taken = await waitFor(async () => {
    const thrown = await attempt(server, { host, port: options.port });
    return codeOf(thrown) === "EADDRINUSE" ? undefined : { thrown };
  }, PORT_PATIENCE_MS);
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
  return { address: `http://${host.includes(":") ? `[${host}]` : host}:${port}`, port };
}

async function onSocket(server: Server, options: ListenerOptions) {
  const folder = options.bind.slice("unix:".length);
  const path = join(folder, `${options.name}.sock`);
  mkdirSync(folder, { recursive: true });
  if (existsSync(path)) {
    if (await answers(path)) {
      throw new StartFailure(
        `The socket ${path} is in use by another program: stop it, or set VERIFIER_BIND to another folder.`,
      );
    }
    rmSync(path); // left behind by a killed process
  }
  const thrown = await attempt(server, { path });
  if (thrown)
    throw new StartFailure(
      `The ${options.name} cannot listen on ${path} (${messageOf(thrown)}): correct VERIFIER_BIND.`,
    );
  chmodSync(path, 0o666); // who may reach it is decided by the folder
  return { address: `unix:${path}`, port: 0 };
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

async function drain(server: Server): Promise<void> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  server.closeIdleConnections();
  const limit = delay(DRAIN_LIMIT_MS, false as const, { ref: false });
  if (!(await Promise.race([closed, limit]))) server.closeAllConnections();
  await closed;
}

/** Answers what is not HTTP as briefly as can be, and never 2xx. */
function answerClientError(error: Error, socket: Duplex): void {
  const code = codeOf(error);
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (code === "HPE_HEADER_OVERFLOW") endWith(socket, "431 Request Header Fields Too Large");
  else if (code === "ERR_HTTP_REQUEST_TIMEOUT") endWith(socket, "408 Request Timeout");
  else endWith(socket, "400 Bad Request");
}

function endWith(socket: Duplex, status: string): void {
  socket.on("error", () => undefined); // the other side may be gone
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n`);
}
