import type { GatewayAdapter } from "#lib/gateways/gateway";
import type { Answer, Answering } from "../answer";
import type { Decision } from "../decide";
import type { CalledQuestion, Contact } from "../question";
import { type HeaderLines, valuesOf } from "../request";

/** A call on the verification port, as it came. */
export type Call = {
  readonly method: string;
  /** The request target, raw: for some protocols the original one is part of it. */
  readonly url: string;
  readonly headers: HeaderLines;
  readonly peer: Contact["peer"];
  readonly digests?: Contact["digests"];
  /** Text of the body; empty for adapters that need none. */
  readonly body: string;
};

/** A gateway protocol: where it is spoken, how it tells the original request, and how it wants to be answered. */
export type Adapter = {
  readonly name: GatewayAdapter;
  readonly needsBody: boolean;
  /**
   * Whether a raw URL is this protocol's, compared byte for byte: nothing is decoded or resolved, and no policy is ever
   * read from the query string, into which some gateways put the client's.
   * @returns the key of the gateway that it names; empty where the caller's credential names it; null for a URL of others
   */
  readonly claims: (method: string, url: string) => string | null;
  /** @param gatewayKey what `claims` said */
  readonly question: (call: Call, gatewayKey: string) => CalledQuestion;
  /** The one body below 400 that is a refusal; every other protocol goes by the status alone. */
  readonly inactive?: string;
  readonly answer: (decision: Decision, answering: Answering) => Answer;
};

/** Who calls, and what it says as its secret. */
export const contactOf = ({ peer, digests, headers }: Call): Contact => ({
  peer,
  digests,
  secrets: valuesOf(headers, "x-latchkey-gateway-key"),
});

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The key of a gateway that is all of the path behind a prefix; null where it is none. */
export function gatewayBehind(prefix: string, url: string): string | null {
  if (!url.startsWith(prefix)) return null;
  const end = url.indexOf("?");
  const key = url.slice(prefix.length, end < 0 ? url.length : end);
  return KEY.test(key) ? key : null;
}

/** The key of a gateway that stands between a prefix and the path of the original request; null where it is none. */
export function gatewayBefore(prefix: string, url: string): string | null {
  if (!url.startsWith(prefix)) return null;
  const key = url.slice(prefix.length, Math.max(prefix.length, url.indexOf("/", prefix.length)));
  return KEY.test(key) ? key : null;
}
