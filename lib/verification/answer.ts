import { Buffer } from "node:buffer";
import type { Allowed, Decision } from "./decide";
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
function answerAllowed({ auth, identity, told, authorization }: Allowed, requestId: string): Answer {
  const shown = told ? identity : null;
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
    "",
    "Authorization",
    authorization,
  ];
  return { status: 200, headers, body: "" };
}

/** A problem (RFC 9457) fit for a person. All 401s are the same bytes apart from the request id. */
function problemOf({ reason }: Refused, { requestId, portalUrl }: Answering): string {
  const { status, sentence, help } = REASONS[reason];
  const code = publicCode(reason);
  const write = (type: string) =>
    JSON.stringify({ type, title: TITLES[status], status, detail: sentence, code, requestId });
  const body = write(`${portalUrl}/help/refusals#${help}`);
  return Buffer.byteLength(body) <= BODY_LIMIT ? body : write("about:blank");
}

function headersOf({ reason }: Refused, requestId: string, type: string, body: string): string[] {
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
  headers.push("X-Latchkey-Request-Id", requestId);
  return headers;
}

/** nginx understands 2xx, 401 and 403 only; the true status goes along. */
export function foldForNginx(status: number): number {
  return status === 400 || status === 429 ? 403 : status;
}

/** An answer for nginx: the status folded; reason and true status beside it, which its configuration puts to use. */
export function answerNginx(decision: Decision, answering: Answering): Answer {
  const { requestId } = answering;
  if (decision.allowed) return answerAllowed(decision, requestId);
  const { status } = REASONS[decision.reason];
  const body = problemOf(decision, answering);
  const headers = headersOf(decision, requestId, "application/problem+json", body);
  headers.push("X-Latchkey-Status", String(status), "X-Latchkey-Reason", publicCode(decision.reason));
  return { status: foldForNginx(status), headers, body };
}

function verifyBodyOf(decision: Decision, requestId: string): string {
  const { allowed } = decision;
  const reason = publicCode(decision.reason);
  if (!allowed) {
    const { status, sentence: detail } = REASONS[decision.reason];
    return JSON.stringify({ allowed, reason, requestId, auth: status === 403 ? decision.subject.auth : null, detail });
  }
  const { auth, identity } = decision;
  if (identity === null) return JSON.stringify({ allowed, reason, requestId, auth });
  const { tokenId, tokenName, userId, username, groups, access, expiresAt } = identity;
  const token = { id: tokenId, name: tokenName };
  const user = { id: userId, username, groups };
  const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return JSON.stringify({ allowed, reason, requestId, auth, token, user, access, expiresAt: ends });
}

/** The answer of `POST /v1/verify`: JSON, with the decision's own status, so that nobody need read it to refuse. */
export function answerVerify(decision: Decision, { requestId }: Answering): Answer {
  const body = verifyBodyOf(decision, requestId);
  if (!decision.allowed) {
    const { status } = REASONS[decision.reason];
    return { status, headers: headersOf(decision, requestId, "application/json", body), body };
  }
  const length = String(Buffer.byteLength(body));
  const headers = ["Content-Type", "application/json", "Content-Length", length, "Cache-Control", "no-store"];
  return { status: 200, headers: [...headers, "X-Latchkey-Request-Id", requestId], body };
}
