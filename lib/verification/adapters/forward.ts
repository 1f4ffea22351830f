import { type Answer, type Answering, answerAllowed, headersOf, problemOf } from "../answer";
import type { Decision } from "../decide";
import type { Reading } from "../question";
import { REASONS } from "../reasons";
import { type HeaderLines, onlyValue, valuesOf } from "../request";
import { type Adapter, gatewayBehind } from "./adapter";

/**
 * The five that such gateways set; the client's own `X-Original-*` mean nothing here. Several addresses in
 * `X-Forwarded-For` are somebody's word about somebody: our configurations make the gateway say one.
 */
function read(headers: HeaderLines): Reading {
  const method = onlyValue(headers, "x-forwarded-method");
  if (method === null) return "X-Forwarded-Method";
  const target = onlyValue(headers, "x-forwarded-uri");
  if (target === null) return "X-Forwarded-Uri";
  const host = onlyValue(headers, "x-forwarded-host");
  if (host === null) return "X-Forwarded-Host";
  const proto = onlyValue(headers, "x-forwarded-proto");
  if (proto === null) return "X-Forwarded-Proto";
  const clientAddress = onlyValue(headers, "x-forwarded-for");
  if (clientAddress === null || clientAddress.includes(",")) return "X-Forwarded-For";
  return { method, target, host, proto, clientAddress, headers };
}

/** An answer as it is passed on to the client, word for word: the decision's own status, and one code for every 401. */
function answer(decision: Decision, answering: Answering): Answer {
  const { requestId } = answering;
  if (decision.allowed) return answerAllowed(decision, requestId);
  const body = problemOf(decision, answering);
  const headers = headersOf(decision, requestId, "application/problem+json", body);
  return { status: REASONS[decision.reason].status, headers, body };
}

/**
 * Traefik, Caddy, HAProxy, Apache and others: a sub-request with headers of the client and five of the gateway's. The
 * query of the URL is not read: some append the client's own (reference: gateways, 2.2 to 2.5).
 */
export const forward: Adapter = {
  name: "forward",
  needsBody: false,
  claims: (_method, url) => gatewayBehind("/v1/authz/forward/", url),
  question: ({ headers, peer }, gatewayKey) => ({
    adapter: "forward",
    gatewayKey,
    contact: { peer, secrets: valuesOf(headers, "x-latchkey-gateway-key") },
    reading: read(headers),
  }),
  answer,
};
