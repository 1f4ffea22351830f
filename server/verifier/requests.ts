import type { IncomingMessage, ServerResponse } from "node:http";
import { type Endpoint, endpointAt } from "#lib/verification/adapters";
import type { Decision } from "#lib/verification/decide";
import { type HeaderLines, valuesOf } from "#lib/verification/request";
import { readBody } from "./body";
import { answerKeySet, asksForKeySet } from "./key-set";
import type { peerReader } from "./peer";
import { portalUrlOf, type Verifying, verify } from "./verify";

export type Requests = Verifying & { readonly peerOf: ReturnType<typeof peerReader> };

const BODY_LIMIT_BYTES = 64 * 1024;
/**
 * Node silently leaves out header lines beyond about a thousand, and a credential that we do not see could be the one
 * that the upstream reads. Two entries a line.
 */
const MOST_HEADER_ENTRIES = 1_000;

/** Answers whatever comes to the verification port. Decides on every URL, verbatim; what is no endpoint is 404. */
export function answerRequests(context: Requests): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const endpoint = endpointAt(request.method ?? "", request.url ?? "");
    if (endpoint?.adapter.needsBody) {
      readThenVerify(context, request, response, endpoint);
      return;
    }
    // A body that nobody reads would stand before the next request: the connection ends with this one.
    if (announcesBody(request.rawHeaders)) response.shouldKeepAlive = false;
    if (endpoint === null && asksForKeySet(request)) answerKeySet(context.facts, response);
    else if (endpoint === null) response.writeHead(404, ["Content-Length", "0", "Cache-Control", "no-store"]).end();
    else verifyCall(context, request, response, endpoint, "");
  };
}

function announcesBody(headers: HeaderLines): boolean {
  return (
    valuesOf(headers, "transfer-encoding").length > 0 ||
    valuesOf(headers, "content-length").some((length) => length !== "0")
  );
}

function readThenVerify(
  context: Requests,
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: Endpoint,
): void {
  if (valuesOf(request.rawHeaders, "expect").length > 0) response.writeContinue();
  readBody(request, BODY_LIMIT_BYTES, (body) => {
    if (body === "gone") return;
    if (body === "too large") response.shouldKeepAlive = false;
    // What is too large says nothing, which the adapter finds unreadable.
    verifyCall(context, request, response, endpoint, body === "too large" ? "" : body.text);
  });
}

function verifyCall(
  context: Requests,
  request: IncomingMessage,
  response: ServerResponse,
  { adapter, gatewayKey }: Endpoint,
  body: string,
): void {
  const peer = context.peerOf(request.socket);
  verify(context, {
    peer: peer.text,
    question() {
      const { method = "", url = "", rawHeaders: headers } = request;
      if (headers.length > MOST_HEADER_ENTRIES) throw new Error("more header lines than can be told apart");
      return adapter.question({ method, url, headers, peer: peer.address, body }, gatewayKey);
    },
    answer: (decision, requestId) => answer(context, response, adapter, decision, requestId),
  });
}

/**
 * The one place that writes an allow, and it needs a decision that allows.
 * @returns whether the answer was written; what fails here is cut off, or a plain 503
 */
function answer(
  { facts, log }: Requests,
  response: ServerResponse,
  adapter: Endpoint["adapter"],
  decision: Decision,
  requestId: string,
): boolean {
  try {
    const { status, headers, body } = adapter.answer(decision, { requestId, portalUrl: portalUrlOf(facts) });
    if (status < 400 && !decision.allowed && body !== adapter.inactive)
      throw new Error("a refusal that would be read as an allow");
    response.writeHead(status, [...headers]).end(body);
    return true;
  } catch (error) {
    log.error("verification.unanswered", { requestId, error });
    if (response.headersSent) response.destroy();
    else response.writeHead(503, ["Content-Length", "0", "Cache-Control", "no-store"]).end();
    return false;
  }
}
