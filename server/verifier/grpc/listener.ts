import { createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import { type handleUnaryCall, logVerbosity, Server, ServerCredentials, setLogVerbosity } from "@grpc/grpc-js";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { CheckResponse } from "#lib/verification/adapters/check-response";
import { bindTo, type Place } from "#server/binding";
import type { Certificate } from "#server/certificate";
import type { Listener } from "#server/listener";
import type { Admission } from "./admission";
import { bounded } from "./bounded";
import { AUTHORIZATION } from "./messages";

/** Envoy keeps a request's headers to 60 KB; a request that fills more than this is refused unread. */
const MESSAGE_LIMIT_BYTES = 128 * 1024;
const MOST_CALLS_ON_A_CONNECTION = 100;
/** What a connection may make the library hold; without it there is no limit. */
const SESSION_MEGABYTES = 10;
/** Envoy keeps its connections; who has said nothing for so long is gone, or never meant to. */
const IDLE_MS = 300_000;
/** Whoever speaks the protocol answers a ping; others are gone after 30 s, as by HTTP. */
const PING_AFTER_MS = 20_000;
const PONG_WITHIN_MS = 10_000;
const DRAIN_LIMIT_MS = 15_000;

const LIMITS = {
  "grpc.max_receive_message_length": MESSAGE_LIMIT_BYTES,
  "grpc.max_concurrent_streams": MOST_CALLS_ON_A_CONNECTION,
  "grpc.max_connection_idle_ms": IDLE_MS,
  "grpc.keepalive_time_ms": PING_AFTER_MS,
  "grpc.keepalive_timeout_ms": PONG_WITHIN_MS,
  "grpc-node.max_session_memory": SESSION_MEGABYTES,
};

/**
 * Listens for Envoy's questions by gRPC. The sockets are ours, so that address, TLS and failure to start are those of
 * the listener for HTTP; the library speaks on them. Throws a StartFailure when it cannot listen.
 */
export async function listenForChecks(
  place: Place,
  check: handleUnaryCall<CheckRequest, CheckResponse>,
  certificate: Certificate | undefined,
  admission: Admission,
): Promise<Listener> {
  setLogVerbosity(logVerbosity.NONE); // of what anybody says that it cannot read, it would tell stderr in full
  const grpc = new Server({ ...LIMITS, interceptors: [bounded] });
  grpc.addService(AUTHORIZATION, { Check: check });
  const connections = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const speak = (socket: Socket) => {
    if (!socket.destroyed) connections.injectConnection(socket);
  };
  const server = certificate
    ? certificate.serve(createTlsServer({ ...certificate.options(), ALPNProtocols: ["h2"] }, speak))
    : createServer(speak);
  // Node only tells of a handshake that takes too long: left alone, it would keep its place, and the end of all, for ever.
  server.on("tlsClientError", (_error, socket: Socket) => socket.destroy());
  admission.guard(server);
  const bound = await bindTo(server, place, certificate ? "grpcs" : "grpc");
  return {
    ...bound,
    close: async (lameDuckMs) => {
      await delay(lameDuckMs);
      const closed = new Promise((resolve) => server.close(resolve));
      await drain(grpc);
      await closed;
    },
  };
}

/** What runs may finish, within the limit. */
async function drain(grpc: Server): Promise<void> {
  const ended = new Promise<true>((resolve) => grpc.tryShutdown(() => resolve(true)));
  const limit = delay(DRAIN_LIMIT_MS, false as const, { ref: false });
  if (!(await Promise.race([ended, limit]))) grpc.forceShutdown();
}
