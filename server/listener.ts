import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { type Bound, bindTo, type Place } from "./binding";
import type { Certificate } from "./certificate";
import { endWith } from "./last-word";
import type { PlainHandler } from "./plain/connection";
import { type PlainConnections, readPlainFirst } from "./plain/first";
import { codeOf } from "./start-failure";

/** What a gateway or browser may take to send its headers, and a whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than nginx (60 s), HAProxy and Traefik keep their side: the gateway closes first, and no request meets a closing connection. */
const KEEP_ALIVE_MS = 75_000;
const DRAIN_LIMIT_MS = 15_000;
/** Who takes nothing of an answer for so long never will. */
const STALL_MS = 120_000;

export type ListenerOptions = Place & {
  readonly maxHeaderBytes: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers plain requests, as far as it wants to; all others are for `handle`. */
  readonly handlePlain?: PlainHandler;
  /** The handler itself says whether it wants a body that is only announced (`Expect`); otherwise it is asked for. */
  readonly ownExpectations?: boolean;
  /** The handler also answers who asks for another protocol, as if it had not; otherwise that is 400. Nobody ever gets one. */
  readonly ownUpgrades?: boolean;
  /** How long somebody may take nothing of an answer. */
  readonly stallMs?: number;
  /** With it, TLS and nothing else. */
  readonly certificate?: Certificate | undefined;
};

export type Listener = Bound & {
  /**
   * Ends it: first a lame duck, which still answers but keeps no connection, so that whoever balances load can turn
   * away; then nothing new, and what runs may finish.
   */
  readonly close: (lameDuckMs: number) => Promise<void>;
};

/** Ends who takes nothing of what was said. Who waits for an answer that takes long (a check of the whole audit log) is kept. */
function endIfNotTaken(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}

/** Listens for HTTP with the limits that portal, verifier and management share. Throws a StartFailure when it cannot. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  let ending = false;
  /** Connections on which another protocol was asked for, or a body that cannot be read: that was the last request from there. */
  const read = new WeakSet<Duplex>();
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (read.has(request.socket)) return; // the connection ends with the answer before
    const { "transfer-encoding": coding } = request.headers;
    if (coding !== undefined && coding.toLowerCase() !== "chunked") {
      read.add(request.socket); // where its body ends nobody can say (RFC 9112 §6.3)
      response.writeHead(400, LAST).end();
      return;
    }
    if (asksToUpgrade(request)) {
      read.add(request.socket);
      response.shouldKeepAlive = false;
    }
    if (ending) response.setHeader("connection", "close");
    response.on("timeout", endIfNotTaken);
    options.handle(request, response);
  };
  const { certificate } = options;
  const limits = {
    maxHeaderSize: options.maxHeaderBytes,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: 1_000,
  };
  const server = certificate
    ? certificate.serve(createTlsServer({ ...limits, ...certificate.options() }, handle))
    : createServer(limits, handle);
  server.timeout = options.stallMs ?? STALL_MS;
  if (options.ownExpectations) {
    server.on("checkContinue", handle);
    server.on("checkExpectation", handle);
  }
  server.on("clientError", answerClientError);
  server.on("connect", (_request, socket: Duplex) => endWith(socket, "405 Method Not Allowed"));
  // With nobody listening to these, Node makes them requests like any other, with their bodies.
  if (!options.ownUpgrades) server.on("upgrade", (_request, socket) => endWith(socket, "400 Bad Request"));
  const { handlePlain } = options;
  const plain =
    handlePlain &&
    readPlainFirst(server, certificate ? "secureConnection" : "connection", {
      handle: handlePlain,
      isEnding: () => ending,
      firstMs: HEADERS_TIMEOUT_MS,
      keepAliveMs: KEEP_ALIVE_MS,
      tooLate: (socket) => endWith(socket, "408 Request Timeout"),
    });
  const bound = await bindTo(server, options, certificate ? "https" : "http");
  return {
    ...bound,
    close: async (lameDuckMs) => {
      ending = true;
      await delay(lameDuckMs);
      await drain(server, plain);
    },
  };
}

async function drain(server: Server, plain: PlainConnections | undefined): Promise<void> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  server.closeIdleConnections();
  plain?.closeIdle();
  const limit = delay(DRAIN_LIMIT_MS, false as const, { ref: false });
  if (!(await Promise.race([closed, limit]))) {
    server.closeAllConnections();
    plain?.closeAll();
  }
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

const asksToUpgrade = ({ headers: { upgrade, connection } }: IncomingMessage): boolean =>
  upgrade !== undefined && connection !== undefined && /upgrade/i.test(connection);

const LAST = ["Connection", "close", "Content-Length", "0", "Cache-Control", "no-store"];
