import { type handleUnaryCall, type Metadata, status } from "@grpc/grpc-js";
import { type CheckRequest, checkQuestion } from "#lib/verification/adapters/check-request";
import { type CheckResponse, checkResponse } from "#lib/verification/adapters/check-response";
import type { Decision } from "#lib/verification/decide";
import type { HeaderLines } from "#lib/verification/request";
import type { Peer } from "../peer";
import { traceOf } from "../trace-of";
import { portalUrlOf, type Verifying, verify } from "../verify";

const valuesOf = (metadata: Metadata, name: string): string[] => metadata.get(name).map(String);

/** Where a trace is told: Envoy's own span, where it traces, or else what the client said. */
function tracedIn(metadata: Metadata, headers: HeaderLines): HeaderLines {
  const own = valuesOf(metadata, "traceparent");
  return own.length === 0 ? headers : own.flatMap((value) => ["traceparent", value]);
}

/** In which header the application of a decision takes tokens. */
function tokenHeaderOf({ facts }: Verifying, { subject }: Decision): string | null {
  const applications = facts.installation?.facts.applications ?? [];
  const header = applications.find(({ key }) => key === subject.applicationKey)?.credentials.header;
  return header?.toLowerCase() ?? null;
}

/**
 * Answers `Check`: the same list, deadline, recorder and metrics as by HTTP. What cannot be answered is an error of the
 * call, which Envoy takes for a refusal.
 * @param peerOf reads what the library calls the peer of a call
 */
export function answerChecks(
  context: Verifying,
  peerOf: (peer: string) => Peer,
): handleUnaryCall<CheckRequest, CheckResponse> {
  return (call, callback) => {
    const peer = peerOf(call.getPeer());
    let headers: HeaderLines = [];
    verify(context, {
      peer: peer.text,
      get headers() {
        return tracedIn(call.metadata, headers);
      },
      question() {
        const keys = valuesOf(call.metadata, "x-latchkey-gateway");
        const secrets = valuesOf(call.metadata, "x-latchkey-gateway-key");
        const question = checkQuestion(call.request, { peer: peer.address, keys, secrets });
        if (typeof question.reading !== "string") headers = question.reading.headers;
        return question;
      },
      answer(decision, requestId) {
        try {
          const answering = { requestId, portalUrl: portalUrlOf(context.facts) };
          const sent = { headers, tokenHeader: tokenHeaderOf(context, decision) };
          callback(null, checkResponse(decision, answering, sent));
          return true;
        } catch (error) {
          context.log.error("verification.unanswered", {
            requestId,
            error,
            ...traceOf(tracedIn(call.metadata, headers)),
          });
          callback({ code: status.INTERNAL, details: "not answered" });
          return false;
        }
      },
    });
  };
}
