import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Endpoint, endpointAt } from "#lib/verification/adapters";
import type { Decision } from "#lib/verification/decide";
import type { CalledQuestion } from "#lib/verification/question";
import { type HeaderLines, valuesOf } from "#lib/verification/request";
import type { PlainHandler, Reply } from "#server/plain/connection";
import { readBody } from "./body";
import { answerKeySet, asksForKeySet } from "./key-set";
import type { peerReader } from "./peer";
import { traceOf } from "./trace-of";
import { portalUrlOf, type Verifying, verify } from "./verify";

export type Requests = Verifying & { readonly peerOf: ReturnType<typeof peerReader> };

/** One call at an endpoint, whoever has read it. */
type Called = {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderLines;
  readonly socket: Socket;
  readonly body: string;
};

const BODY_LIMIT_BYTES = 64 * 1024;
/**
 * Node silently leaves out header lines beyond about a thousand, and a credential that we do not see could be the one
 * that the upstream reads. Two entries a line.
 */
const MOST_HEADER_ENTRIES = 1_000;
const NOTHING = ["Content-Length", "0", "Cache-Control", "no-store"];

/** Answers plain requests at the endpoints that need no body, and leaves all others. */
export function answerPlainRequests(context: Requests): PlainHandler {
  return ({ method, url, rawHeaders: headers }, socket, reply) => {
    const endpoint = endpointAt(method, url);
    if (endpoint === null || endpoint.adapter.needsBody) return false;
    verifyCall(context, { endpoint, method, url, headers, socket, body: "" }, reply);
    return true;
  };
}

/** Answers whatever comes to the verification port. Decides on every URL, verbatim; what is no endpoint is 404. */
export function answerRequests(context: Requests): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { method = "", url = "", rawHeaders: headers, socket } = request;
    const endpoint = endpointAt(method, url);
    if (endpoint?.adapter.needsBody) {
      readThenVerify(context, request, response, endpoint);
      return;
    }
    // A body that nobody reads would stand before the next request: the connection ends with this one.
    if (announcesBody(headers)) response.shouldKeepAlive = false;
    if (endpoint === null && asksForKeySet(request)) answerKeySet(context.facts, response);
    else if (endpoint === null) response.writeHead(404, NOTHING).end();
    else verifyCall(context, { endpoint, method, url, headers, socket, body: "" }, replyBy(response));
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
  const { method = "", url = "", rawHeaders: headers, socket } = request;
  if (valuesOf(headers, "expect").length > 0) response.writeContinue();
  readBody(request, BODY_LIMIT_BYTES, (body) => {
    if (body === "gone") return;
    if (body === "too large") response.shouldKeepAlive = false;
    // What is too large says nothing, which the adapter finds unreadable.
    const text = body === "too large" ? "" : body.text;
    verifyCall(context, { endpoint, method, url, headers, socket, body: text }, replyBy(response));
  });
}

function replyBy(response: ServerResponse): Reply {
  return {
    send: (status, headers, body) => void response.writeHead(status, [...headers]).end(body),
    destroy: () => void response.destroy(),
  };
}

function verifyCall(context: Requests, called: Called, reply: Reply): void {
  const { endpoint, method, url, headers, body } = called;
  const { adapter, gatewayKey } = endpoint;
  const peer = context.peerOf(called.socket);
  verify(context, {
    peer: peer.text,
    headers,
    question() {
      const asked = adapter.question(
        { method, url, headers, peer: peer.address, digests: peer.digests, body },
        gatewayKey,
      );
      return headers.length > MOST_HEADER_ENTRIES ? unreadable(asked) : asked;
    },
    answer: (decision, requestId) => answer(context, called, reply, decision, requestId),
  });
}

/** Who asks, and that nobody knows what: some of it could be missing. */
const unreadable = ({ adapter, gatewayKey, contact, withholds }: CalledQuestion): CalledQuestion => ({
  ...{ adapter, gatewayKey, contact, withholds },
  reading: "more header lines than can be told apart",
});

/**
 * The one place that writes an allow, and it needs a decision that allows.
 * @returns whether the answer was written; what fails here is a plain 503, or cut off
 */
function answer(
  { facts, log }: Requests,
  { endpoint: { adapter }, headers: asked }: Called,
  reply: Reply,
  decision: Decision,
  requestId: string,
): boolean {
  try {
    const { status, headers, body } = adapter.answer(decision, { requestId, portalUrl: portalUrlOf(facts) });
    if (status < 400 && !decision.allowed && body !== adapter.inactive)
      throw new Error("a refusal that would be read as an allow");
    reply.send(status, headers, body);
    return true;
  } catch (error) {
    log.error("verification.unanswered", { requestId, error, ...traceOf(asked) });
    refuse(reply);
    return false;
  }
}

/** Says the least that can be said; cuts off where a part of an answer has been sent. */
function refuse(reply: Reply): void {
  try {
    reply.send(503, NOTHING, "");
  } catch {
    reply.destroy();
  }
}
