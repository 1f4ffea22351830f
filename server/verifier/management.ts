import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAddress } from "#lib/networks/address";
import { type Listener, listen } from "#server/listener";

const HEADER_LIMIT_BYTES = 16 * 1024;

/** What is told of a verifier. */
export type Management = {
  /** Whether it can decide everything, and more about that. */
  readonly readiness: () => Promise<{ readonly ready: boolean }>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
};

type At = { readonly bind: string; readonly port: number };

/** Listens for who looks after a verifier. Throws a StartFailure when it cannot. */
export const listenForManagement = (at: At, management: Management): Promise<Listener> =>
  listen({
    ...{ name: "management", ...at, portVariable: "MANAGEMENT_PORT" },
    maxHeaderBytes: HEADER_LIMIT_BYTES,
    handle: answerManagement(management),
  });

/** `localhost` or a literal address: a page elsewhere cannot make a browser send such a name for it (DNS rebinding). */
function isOwnHost(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name.toLowerCase() === "localhost" || parseAddress(name) !== null;
}

/** Answers `/livez`, `/readyz` and `/metrics`, to GET and HEAD. Nothing here verifies anything. */
function answerManagement(management: Management) {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const { status, type, body } = await reply(management, request);
    const headers = { "Content-Type": type, "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" };
    response.writeHead(status, headers).end(body);
  };
}

type Reply = { readonly status: number; readonly type: string; readonly body: string };

const json = (status: number, value: unknown): Reply => ({
  status,
  type: "application/json",
  body: `${JSON.stringify(value)}\n`,
});

async function reply(management: Management, { method, url, headers }: IncomingMessage): Promise<Reply> {
  if (!isOwnHost(headers.host)) return json(403, { error: "Ask by localhost or by the address itself." });
  if (method !== "GET" && method !== "HEAD") return json(405, { error: "GET or HEAD only." });
  if (url === "/livez") return json(200, { live: true });
  if (url === "/readyz") {
    const readiness = await management.readiness();
    return json(readiness.ready ? 200 : 503, readiness);
  }
  if (url === "/metrics")
    return { status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: await management.metrics() };
  return json(404, { error: "There are /livez, /readyz and /metrics." });
}
