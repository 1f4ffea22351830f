import type { Reading } from "../question";
import { onlyValue } from "../request";
import { type Adapter, type Call, contactOf, gatewayBefore } from "./adapter";
import { forwardedAddress } from "./client-address";
import { wholeAnswer } from "./whole-answer";

const PREFIX = "/v1/authz/envoy/";

/** Method and target are those of the call itself; the rest the gateway says in the three headers that it sets. */
function read({ method, url, headers }: Call, gatewayKey: string): Reading {
  const host = onlyValue(headers, "host");
  if (host === null) return "Host";
  const proto = onlyValue(headers, "x-forwarded-proto");
  if (proto === null) return "X-Forwarded-Proto";
  const clientAddress = forwardedAddress(headers);
  if (clientAddress === null) return "X-Forwarded-For";
  return { method, target: url.slice(PREFIX.length + gatewayKey.length), host, proto, clientAddress, headers };
}

/**
 * Envoy and Istio by HTTP: the original method, and the original path and query behind ours (`path_prefix`). What follows
 * the gateway's key is a question, whatever it says: `/v1/authz/envoy/gw1/../../livez` asks about `/../../livez`.
 */
export const envoy: Adapter = {
  name: "envoy",
  needsBody: false,
  claims: (_method, url) => gatewayBefore(PREFIX, url),
  question: (call, gatewayKey) => ({
    adapter: "envoy",
    gatewayKey,
    contact: contactOf(call),
    reading: read(call, gatewayKey),
    withholds: "named",
  }),
  answer: wholeAnswer,
};
