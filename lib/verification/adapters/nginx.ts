import { answerNginx } from "../answer";
import type { Reading } from "../question";
import { type HeaderLines, onlyValue, valuesOf } from "../request";
import type { Adapter } from "./adapter";

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

/** nginx `auth_request`: a sub-request with all headers of the client and five of ours (reference: nginx, 2.1). */
export const nginx: Adapter = {
  name: "nginx",
  needsBody: false,
  question: ({ headers, peer }, gatewayKey) => ({
    adapter: "nginx",
    gatewayKey,
    contact: { peer, secrets: valuesOf(headers, "x-latchkey-gateway-key") },
    reading: read(headers),
  }),
  answer: answerNginx,
};
