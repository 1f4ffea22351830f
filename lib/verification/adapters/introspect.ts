import { Buffer } from "node:buffer";
import type { Answer, Answering } from "../answer";
import { parseBasic } from "../basic";
import type { Allowed, Decision } from "../decide";
import { decodeForm, parametersOf } from "../parameters";
import { REASONS } from "../reasons";
import { type HeaderLines, onlyValue } from "../request";
import type { Adapter } from "./adapter";

/** Callers keep an answer until its `exp`: so long a token may go on working for them after it has ended. */
export const INTROSPECTION_SECONDS = 60;

/** Everything that cannot be used, in the same bytes: nobody learns whether a token ever existed (RFC 7662 §2.2). */
const INACTIVE = '{"active":false}';

const FORM = "application/x-www-form-urlencoded";

/** The one token of the form; a parameter may come only once (RFC 6749 §3.2). @returns null for anything else */
function tokenIn(headers: HeaderLines, body: string): string | null {
  const type = onlyValue(headers, "content-type")?.split(";")[0] ?? "";
  if (type.trim().toLowerCase() !== FORM) return null;
  const given = parametersOf(body).filter(({ name }) => name === "token");
  const [only] = given;
  return only === undefined || given.length > 1 || only.raw === "" ? null : decodeForm(only.raw);
}

/** Key and secret of the caller. OAuth 2 clients encode both as in a form before Basic does (RFC 6749 §2.3.1). */
function callerIn(headers: HeaderLines) {
  const [scheme = "", encoded = ""] = (onlyValue(headers, "authorization") ?? "").split(" ");
  const caller = scheme.toLowerCase() === "basic" ? parseBasic(encoded) : null;
  return caller && { key: decodeForm(caller.username), secret: decodeForm(caller.password) };
}

const seconds = (ms: number): number => Math.floor(ms / 1_000);

function active({ identity, alone }: Allowed): string {
  if (identity === null || alone === null) throw new Error("nobody asked about a token alone");
  const { tokenId, userId, username, access } = identity;
  const { audience, issuedAt, judgedAt, until } = alone;
  return JSON.stringify({
    active: true,
    scope: access === "write" ? "read write" : "read",
    username,
    sub: userId,
    // What was given a token is known by it: it is the client, and there is no other registration.
    client_id: tokenId,
    token_type: "Bearer",
    aud: audience,
    iat: seconds(issuedAt),
    exp: seconds(Math.min(judgedAt + INTROSPECTION_SECONDS * 1_000, until ?? Number.POSITIVE_INFINITY)),
    jti: tokenId,
  });
}

function json(status: number, body: string, requestId: string, ...more: readonly string[]): Answer {
  const length = String(Buffer.byteLength(body));
  const headers = ["Content-Type", "application/json", "Content-Length", length, "Cache-Control", "no-store", ...more];
  return { status, headers: [...headers, "X-Latchkey-Request-Id", requestId], body };
}

/** What cannot be decided is 503 and never *inactive*: a caller may remember that a token is no longer good. */
function answer(decision: Decision, { requestId }: Answering): Answer {
  if (decision.allowed) return json(200, active(decision), requestId);
  const { reason } = decision;
  if (reason === "gateway_unauthorized") {
    const challenge = ["WWW-Authenticate", 'Basic realm="Latchkey", charset="UTF-8"'];
    return json(401, '{"error":"invalid_client"}', requestId, ...challenge);
  }
  if (reason === "request_unreadable") return json(400, '{"error":"invalid_request"}', requestId);
  if (REASONS[reason].status === 503)
    return json(503, '{"error":"temporarily_unavailable"}', requestId, "Retry-After", "1");
  return json(200, INACTIVE, requestId);
}

/** Token introspection (RFC 7662): a gateway with the adapter `api` asks about a token, of which it knows nothing else. */
export const introspect: Adapter = {
  name: "api",
  needsBody: true,
  inactive: INACTIVE,
  claims: (method, url) => (method === "POST" && url === "/oauth2/introspect" ? "" : null),
  question({ headers, peer, body }) {
    const caller = callerIn(headers);
    const asked = { adapter: "api", gatewayKey: caller?.key ?? "", withholds: "all" } as const;
    const contact = { peer, secrets: caller === null ? [] : [caller.secret] };
    const token = tokenIn(headers, body);
    if (token === null) return { ...asked, contact, reading: "token" };
    return { ...asked, contact, reading: "there is no request", alone: token };
  },
  answer,
};
