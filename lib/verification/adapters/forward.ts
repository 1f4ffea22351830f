import type { Reading } from "../question";
import { type HeaderLines, onlyValue } from "../request";
import { type Adapter, contactOf, gatewayBehind } from "./adapter";
import { forwardedAddress } from "./client-address";
import { wholeAnswer } from "./whole-answer";

/** The five that such gateways set; the client's own `X-Original-*` mean nothing here. */
function read(headers: HeaderLines): Reading {
  const method = onlyValue(headers, "x-forwarded-method");
  if (method === null) return "X-Forwarded-Method";
  const target = onlyValue(headers, "x-forwarded-uri");
  if (target === null) return "X-Forwarded-Uri";
  const host = onlyValue(headers, "x-forwarded-host");
  if (host === null) return "X-Forwarded-Host";
  const proto = onlyValue(headers, "x-forwarded-proto");
  if (proto === null) return "X-Forwarded-Proto";
  const clientAddress = forwardedAddress(headers);
  if (clientAddress === null) return "X-Forwarded-For";
  return { method, target, host, proto, clientAddress, headers };
}

/**
 * Traefik, Caddy, HAProxy, Apache and others: a sub-request with headers of the client and five of the gateway's. The
 * query of the URL is not read: some append the client's own (reference: gateways, 2.2 to 2.5).
 */
export const forward: Adapter = {
  name: "forward",
  needsBody: false,
  claims: (_method, url) => gatewayBehind("/v1/authz/forward/", url),
  question: (call, gatewayKey) => ({
    adapter: "forward",
    gatewayKey,
    contact: contactOf(call),
    reading: read(call.headers),
    withholds: "named",
  }),
  answer: wholeAnswer,
};
