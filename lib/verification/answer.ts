import { Buffer } from "node:buffer";
import { rateHeaders } from "#lib/errors/quota";
import { signAssertion } from "./assertion";
import type { Allowed } from "./decide";
import type { Refused } from "./decision";
import { groupsValue, headerValue } from "./header-value";
import { UNAUTHENTICATED } from "./reason";
import { publicCode, REASONS } from "./reasons";

/** An answer of the verification port. `headers` are name, value, name, value …, as `writeHead` takes them. */
export type Answer = { readonly status: number; readonly headers: readonly string[]; readonly body: string };

/** What an answer needs besides the decision. */
export type Answering = {
  /** Visible ASCII. */
  readonly requestId: string;
  /** Where the help pages are, without a slash at the end. */
  readonly portalUrl: string;
};

/** One field, Basic first: git needs it first, and nginx relays only the first field (RFC 7617, RFC 6750 §3). */
export const CHALLENGE = 'Basic realm="Latchkey", charset="UTF-8", Bearer realm="Latchkey"';

const TITLES: Readonly<Record<number, string>> = {
  400: "The request cannot be read",
  401: UNAUTHENTICATED.title,
  403: "Refused",
  429: "Too many requests",
  503: "Cannot be checked at the moment",
};

const BODY_LIMIT = 1024;

/**
 * The allow, for gateways that go by the status: exactly 200, no body, and every identity header each time, empty when
 * there is no value: some gateways otherwise leave in place what the client sent.
 */
export function answerAllowed({ auth, identity, told, authorization, assertion }: Allowed, requestId: string): Answer {
  const shown = told ? identity : null;
  const signed = assertion === null ? "" : signAssertion(assertion, requestId);
  const headers = [
    "Content-Length",
    "0",
    "Cache-Control",
    "no-store",
    "X-Latchkey-Auth",
    auth,
    "X-Latchkey-User",
    shown === null ? "" : headerValue(shown.username),
    "X-Latchkey-User-Id",
    shown === null ? "" : headerValue(shown.userId),
    "X-Latchkey-Groups",
    shown === null ? "" : groupsValue(shown.groups),
    "X-Latchkey-Access",
    shown === null ? "" : shown.access,
    "X-Latchkey-Token-Id",
    shown === null ? "" : headerValue(shown.tokenId),
    "X-Latchkey-Request-Id",
    requestId,
    "X-Latchkey-Assertion",
    signed,
    "Authorization",
    signed === "" ? authorization : `Bearer ${signed}`,
  ];
  return { status: 200, headers, body: "" };
}

/** A problem (RFC 9457) fit for a person. All 401s are the same bytes apart from the request id. */
export function problemOf({ reason }: Refused, { requestId, portalUrl }: Answering): string {
  const { status, sentence, help } = REASONS[reason];
  const code = publicCode(reason);
  const write = (type: string) =>
    JSON.stringify({ type, title: TITLES[status], status, detail: sentence, code, requestId });
  const body = write(`${portalUrl}/help/refusals#${help}`);
  return Buffer.byteLength(body) <= BODY_LIMIT ? body : write("about:blank");
}

/** What every refusal says in headers. @param type of the body */
export function headersOf({ reason, quota }: Refused, requestId: string, type: string, body: string): string[] {
  const { status } = REASONS[reason];
  const headers = [
    "Content-Type",
    type,
    "Content-Length",
    String(Buffer.byteLength(body)),
    "Cache-Control",
    "no-store",
  ];
  if (status === 401) headers.push("WWW-Authenticate", CHALLENGE);
  if (status === 503) headers.push("Retry-After", "1");
  if (quota !== null) headers.push(...rateHeaders(quota).flat());
  headers.push("X-Latchkey-Request-Id", requestId);
  return headers;
}
