import type { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { formatAddress } from "#lib/networks/address";
import { reportedClient } from "#lib/networks/proxies";
import { inRanges } from "#lib/networks/range-set";
import { type Check, finding } from "../check";
import type { KnownGateway } from "../installation";
import { digested } from "../last-digest";
import type { Contact } from "../question";

function knows({ gateway, secretDigest, previousSecretDigest }: KnownGateway, digest: Buffer, now: number): boolean {
  if (timingSafeEqual(digest, secretDigest)) return true;
  const { previousUntil } = gateway;
  return (
    previousSecretDigest !== null &&
    previousUntil !== null &&
    now < previousUntil &&
    timingSafeEqual(digest, previousSecretDigest)
  );
}

function strangeness(known: KnownGateway, { peer, secrets, digests }: Contact, now: number): string | null {
  const local = peer === "local" && known.gateway.peers.length === 0;
  if (!local && (peer === null || peer === "local" || !inRanges(known.peers, peer))) return "peer";
  const [secret] = secrets;
  if (secret === undefined || secrets.length !== 1) return "secret";
  const digest = digests === undefined ? digested(secret) : digests.of(secret);
  return knows(known, digest, now) ? null : "secret";
}

/** Step 1: the gateway, that its adapter belongs to this endpoint, whence it calls and its secret. */
export const gatewayCheck: Check = {
  step: 1,
  name: "gateway",
  judge(c) {
    const { adapter, gatewayKey, contact } = c.question;
    const known = c.installation.gateways.get(gatewayKey);
    if (known === undefined) return finding("gateway_unauthorized", "key");
    if (contact !== null) {
      if (known.gateway.adapter !== adapter) return finding("gateway_unauthorized", "adapter");
      const strange = strangeness(known, contact, c.now);
      if (strange !== null) return finding("gateway_unauthorized", strange);
    }
    c.learntGateway = known;
    return null;
  },
  alone: "as ever",
  remark: (c) => ({ detail: `Asked by the gateway ${c.gateway.gateway.key}.` }),
};

const METHOD = /^[A-Z]+(?:-[A-Z]+)*$/;
const METHOD_LIMIT = 32;
/** TRACE and TRACK send headers back (credentials too), CONNECT opens a tunnel, DEBUG attaches a debugger (IIS). */
const NEVER = new Set(["TRACE", "TRACK", "CONNECT", "DEBUG"]);

/** Step 2: whether the adapter told everything; scheme, client address, and a well-formed method that is not one of those never allowed. */
export const requestCheck: Check = {
  step: 2,
  name: "request",
  judge(c) {
    const { reading, contact } = c.question;
    if (typeof reading === "string") return finding("request_unreadable", reading);
    if (reading.proto !== "https" && reading.proto !== "http") return finding("request_unreadable", "scheme");
    // Whoever has a request explained says whose it is, and not what proxies say.
    const address = reportedClient(reading.clientAddress, contact === null ? null : c.gateway.proxies);
    if (address === null) return finding("request_unreadable", "client address");
    const { method } = reading;
    if (method.length > METHOD_LIMIT || !METHOD.test(method)) return finding("method_refused", "not well-formed");
    if (NEVER.has(method)) return finding("method_refused", method);
    c.learntRequest = reading;
    c.learntAddress = address;
    return null;
  },
  alone: "nothing",
  remark: (c) => ({ detail: `${c.request.method} from ${formatAddress(c.address)}, understood.` }),
};
