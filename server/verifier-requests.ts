import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "#lib/log";
import { type Endpoint, endpointAt } from "#lib/verification/adapters";
import { type Decision, undecided } from "#lib/verification/decision";
import type { Facts } from "#lib/verification/facts";
import type { Recorder } from "#lib/verification/recorder";
import { valuesOf } from "#lib/verification/request";
import { readBody } from "./verifier-body";
import { type Judged, judge } from "./verifier-judge";
import type { Peer, peerReader } from "./verifier-peer";
import type { RefusalLog } from "./verifier-refusal-log";
import { newRequestId } from "./verifier-request-id";

export type Requests = {
  readonly facts: Facts;
  readonly recorder: Recorder;
  readonly log: Log;
  readonly refusals: RefusalLog;
  /** Decisions so far by reason, for the metrics. */
  readonly decided: Map<string, number>;
  readonly peerOf: ReturnType<typeof peerReader>;
};

const BODY_LIMIT_BYTES = 64 * 1024;
/**
 * Node silently leaves out header lines beyond about a thousand, and a credential that we do not see could be the one
 * that the upstream reads. Two entries a line.
 */
const MOST_HEADER_ENTRIES = 1_000;

/** Answers whatever comes to the verification port. Decides on every URL, verbatim; what is no endpoint is 404. */
export function answerRequests(context: Requests): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const arrivedAt = performance.now();
    const endpoint = endpointAt(request.method ?? "", request.url ?? "");
    if (endpoint === null) {
      keepNoBody(request, response);
      response.writeHead(404, ["Content-Length", "0", "Cache-Control", "no-store"]).end();
      return;
    }
    if (!endpoint.adapter.needsBody) {
      keepNoBody(request, response);
      verify(context, request, response, endpoint, "", arrivedAt);
      return;
    }
    if (valuesOf(request.rawHeaders, "expect").length > 0) response.writeContinue();
    readBody(request, BODY_LIMIT_BYTES, (body) => {
      if (body === "gone") return;
      if (body === "too large") response.shouldKeepAlive = false;
      // What is too large says nothing, which the adapter finds unreadable.
      const text = body === "too large" ? "" : body.text;
      verify(context, request, response, endpoint, text, performance.now());
    });
  };
}

/** A body that nobody reads would stand before the next request: the connection ends with this one. */
function keepNoBody(request: IncomingMessage, response: ServerResponse): void {
  const { rawHeaders } = request;
  const announced = valuesOf(rawHeaders, "content-length").some((length) => length !== "0");
  if (announced || valuesOf(rawHeaders, "transfer-encoding").length > 0) response.shouldKeepAlive = false;
}

function verify(
  context: Requests,
  { rawHeaders, socket }: IncomingMessage,
  response: ServerResponse,
  endpoint: Endpoint,
  body: string,
  arrivedAt: number,
): void {
  const peer = context.peerOf(socket);
  const respond = (judged: Judged) => answer(context, response, endpoint, peer, judged);
  // This is the edge: whatever was thrown on the way is a refusal, and never an allow.
  try {
    if (rawHeaders.length > MOST_HEADER_ENTRIES) throw new Error("more header lines than can be told apart");
    const call = { headers: rawHeaders, peer: peer.address, body };
    judge({ ...{ facts: context.facts, call, arrivedAt }, ...endpoint, done: respond });
  } catch (cause) {
    respond({ decision: undecided("undecided", cause), client: "", isNew: false });
  }
}

/** Whatever fails here fails after the decision: the answer is then cut off, or a plain 503. */
function answer(
  { facts, recorder, refusals, decided, log }: Requests,
  response: ServerResponse,
  endpoint: Endpoint,
  peer: Peer,
  judged: Judged,
): void {
  const at = Date.now();
  const requestId = newRequestId(at);
  const { decision, client, isNew } = judged;
  try {
    write(response, endpoint, decision, requestId, facts.installation?.facts.settings.portalUrl ?? "");
  } catch (error) {
    log.error("verification.unanswered", { requestId, error });
    if (response.headersSent) response.destroy();
    else response.writeHead(503, ["Content-Length", "0", "Cache-Control", "no-store"]).end();
    return;
  }
  decided.set(decision.reason, (decided.get(decision.reason) ?? 0) + 1);
  recorder.note({ decision, client, peer: peer.text, at }, isNew);
  if (!decision.allowed) refusals.note(requestId, decision, at);
}

/** The one place that writes an allow, and it needs a decision that allows. */
function write(
  response: ServerResponse,
  { adapter }: Endpoint,
  decision: Decision,
  requestId: string,
  portalUrl: string,
): void {
  const { status, headers, body } = adapter.answer(decision, { requestId, portalUrl });
  if (status < 400 && !decision.allowed) throw new Error("a refusal that would be read as an allow");
  // writeHead keeps no reference: the list is only copied into the head.
  response.writeHead(status, [...headers]).end(body);
}
