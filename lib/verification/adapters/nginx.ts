import { type Answer, type Answering, answerAllowed, headersOf, problemOf } from "../answer";
import type { Decision } from "../decide";
import type { Reading } from "../question";
import { publicCode, REASONS } from "../reasons";
import { type HeaderLines, onlyValue } from "../request";
import { type Adapter, contactOf, gatewayBehind } from "./adapter";

/** The five that gateways/nginx sets; the client's own `X-Forwarded-*` mean nothing here. */
function read(headers: HeaderLines): Reading {
  const method = onlyValue(headers, "x-original-method");
  if (method === null) return "X-Original-Method";
  const target = onlyValue(headers, "x-original-uri");
  if (target === null) return "X-Original-URI";
  const host = onlyValue(headers, "x-original-host");
  if (host === null) return "X-Original-Host";
  const proto = onlyValue(headers, "x-original-proto");
  if (proto === null) return "X-Original-Proto";
  const clientAddress = onlyValue(headers, "x-real-ip");
  if (clientAddress === null) return "X-Real-IP";
  return { method, target, host, proto, clientAddress, headers };
}

/** nginx understands 2xx, 401 and 403 only; the true status goes along. */
export function foldForNginx(status: number): number {
  return status === 400 || status === 429 ? 403 : status;
}

/** An answer for nginx: the status folded; reason and true status beside it, which its configuration puts to use. */
function answer(decision: Decision, answering: Answering): Answer {
  const { requestId } = answering;
  if (decision.allowed) return answerAllowed(decision, requestId);
  const { status } = REASONS[decision.reason];
  const body = problemOf(decision, answering);
  const headers = headersOf(decision, requestId, "application/problem+json", body);
  headers.push("X-Latchkey-Status", String(status), "X-Latchkey-Reason", publicCode(decision.reason));
  return { status: foldForNginx(status), headers, body };
}

/** nginx `auth_request`: a sub-request with all headers of the client and five of ours (reference: nginx, 2.1). */
export const nginx: Adapter = {
  name: "nginx",
  needsBody: false,
  claims: (_method, url) => gatewayBehind("/v1/authz/nginx/", url),
  question: (call, gatewayKey) => ({
    adapter: "nginx",
    gatewayKey,
    contact: contactOf(call),
    reading: read(call.headers),
    withholds: "named",
  }),
  answer,
};
