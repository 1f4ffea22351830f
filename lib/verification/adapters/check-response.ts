import type { Answering } from "../answer";
import type { Decision } from "../decide";
import type { HeaderLines } from "../request";
import { wholeAnswer } from "./whole-answer";

/** `OVERWRITE_IF_EXISTS_OR_ADD`: what the client sent under the name is gone. */
const OVERWRITE = 2;

type HeaderOption = {
  readonly header: { readonly key: string; readonly value: string };
  readonly appendAction: typeof OVERWRITE;
  readonly keepEmptyValue: true;
};

/** The answer by gRPC (`envoy.service.auth.v3.CheckResponse`), as far as it is written. */
export type CheckResponse = {
  /** A code of google.rpc: 0 lets the request pass. */
  readonly status: { readonly code: number };
  readonly okResponse?: { readonly headers: readonly HeaderOption[]; readonly headersToRemove: readonly string[] };
  readonly deniedResponse?: {
    readonly status: { readonly code: number };
    readonly headers: readonly HeaderOption[];
    readonly body: string;
  };
};

/** What came with the request, of which some is taken away before the upstream gets it. */
export type Sent = {
  readonly headers: HeaderLines;
  /** In which header the application takes tokens, in lower case. */
  readonly tokenHeader: string | null;
};

/** What google.rpc calls a status; Envoy only looks whether it is 0. */
const RPC_CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 429: 8, 503: 14 };
const UNAVAILABLE = 14;

/** About the answer itself, not for the request that goes on. */
const OF_THE_ANSWER = new Set(["content-length", "cache-control"]);
/** Envoy's own word about the client; all others that begin so are the client's. */
const OF_ENVOY = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-client-cert"]);
const NEVER = new Set(["x-rewrite-url", "forwarded", "proxy", "proxy-authorization"]);
/** The application's own session would outlive the token; a token request stays the one that was judged. */
const NOT_BESIDE_TOKENS = new Set([
  ...["cookie", "x-api-token", "x-http-method-override", "x-http-method", "x-method-override"],
]);

/** CGI and WSGI applications read `X_Latchkey_User` as `X-Latchkey-User`: names with an underscore go no further. */
const isNeverPassed = (name: string): boolean =>
  name.includes("_") ||
  NEVER.has(name) ||
  name.startsWith("x-latchkey-") ||
  name.startsWith("x-original-") ||
  (name.startsWith("x-forwarded-") && !OF_ENVOY.has(name));

function optionsOf(headers: readonly string[], leftOut: (name: string, value: string) => boolean): HeaderOption[] {
  const options: HeaderOption[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const [key = "", value = ""] = [headers[i]?.toLowerCase(), headers[i + 1]];
    if (!leftOut(key, value)) options.push({ header: { key, value }, appendAction: OVERWRITE, keepEmptyValue: true });
  }
  return options;
}

/** Envoy removes after it has set: what is set is never among what is removed. */
function removed(headers: HeaderLines, set: readonly HeaderOption[], isGone: (name: string) => boolean): string[] {
  const kept = new Set(set.map(({ header }) => header.key));
  const gone = new Set<string>();
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]?.toLowerCase() ?? "";
    if (isGone(name) && !kept.has(name)) gone.add(name);
  }
  return [...gone];
}

/**
 * The answer to Envoy by gRPC. An allow sets every identity header, empty where there is no value, and takes away what the
 * client sent in their place and what must not stand beside a token; a refusal is what the client gets.
 */
export function checkResponse(decision: Decision, answering: Answering, sent: Sent): CheckResponse {
  const { status, headers, body } = wholeAnswer(decision, answering);
  if (!decision.allowed) {
    const denied = optionsOf(headers, (name) => name === "content-length");
    return {
      status: { code: RPC_CODES[status] ?? UNAVAILABLE },
      deniedResponse: { status: { code: status }, headers: denied, body },
    };
  }
  // An empty Authorization would be an empty credential to some applications.
  const set = optionsOf(
    headers,
    (name, value) => OF_THE_ANSWER.has(name) || (name === "authorization" && value === ""),
  );
  const token = decision.auth === "token";
  const isGone = (name: string): boolean =>
    name === "authorization" ||
    isNeverPassed(name) ||
    (token && (NOT_BESIDE_TOKENS.has(name) || name === sent.tokenHeader));
  return { status: { code: 0 }, okResponse: { headers: set, headersToRemove: removed(sent.headers, set, isGone) } };
}
