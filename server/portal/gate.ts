import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PEER_HEADER } from "#lib/auth/peer-header";
import { type Absences, RETRY_AFTER_SECONDS } from "#lib/db/away";
import { log } from "#lib/log";
import type { TrustedProxies } from "#lib/networks/proxies";
import { READY_PATH } from "#lib/ready-path";
import { readTrace } from "#lib/trace";
import { sayingAway } from "./away";
import { awayPage } from "./away-page";
import { BODY_LIMIT_BYTES, measured, saysTooLarge } from "./body";
import {
  contentSecurityPolicy,
  distinctOf,
  isForeign,
  isHashedAsset,
  NOTHING_POLICY,
  securityHeaders,
  valuesOf,
  withoutForeign,
} from "./headers";
import { refuseHost } from "./host";
import { peerAddress } from "./peer";
import { type Answer, isApi, pathOf, refuseTarget } from "./target";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type Surroundings = {
  readonly url: string;
  readonly trustedProxies: TrustedProxies;
  /** How often the database was away so far. */
  readonly absences: () => Absences;
  /** Whether the database answers now; it costs nothing to ask often. */
  readonly answers: () => Promise<boolean>;
};

/**
 * Stands in front of Next: refuses what Next should not see, takes away what steers it, says who is there, and gives
 * every response its security headers.
 */
export function gate(
  surroundings: Surroundings,
  next: Handler,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const https = surroundings.url.startsWith("https:");
  return async (request, response) => {
    const target = request.url ?? "";
    const path = pathOf(target);
    const nonce = randomBytes(18).toString("base64");
    const policy = isApi(path) ? NOTHING_POLICY : contentSecurityPolicy(nonce, https);
    for (const [name, value] of Object.entries(securityHeaders(policy, https))) response.setHeader(name, value);
    if (!isHashedAsset(path)) keepOutOfCaches(response);
    const refused = refuse(request, target, surroundings.url);
    if (refused) return answer(response, path, refused);
    const whole = saysTooLarge(request) ? "too large" : await measured(request);
    if (whole === "gone") return;
    if (whole === "too large") return answerTooLarge(request, response, path);
    if (path === READY_PATH) return tellReady(response, await surroundings.answers());
    prepare(whole, policy, surroundings);
    if (!isApi(path)) sayingAway(response, awayDuring(whole, surroundings), () => awayPage(nonce));
    await next(whole, response);
  };
}

function tellReady(response: ServerResponse, answers: boolean): void {
  if (answers) response.writeHead(204).end();
  else response.writeHead(503, { "retry-after": String(RETRY_AFTER_SECONDS) }).end();
}

/**
 * Whether the database has been away since a request came; that is said in the log, once, where somebody asks. Where it
 * only was late, be it for somebody else, it is asked: a list that takes long is no outage.
 */
function awayDuring(request: IncomingMessage, { absences, answers }: Surroundings): () => Promise<boolean> {
  const before = absences();
  return async () => {
    const { times, gone, codes } = absences();
    if (times === before.times || (gone === before.gone && (await answers()))) return false;
    const trace = readTrace(valuesOf(request.rawHeaders, "traceparent"));
    log.warn("the database does not answer", {
      path: pathOf(request.url ?? ""),
      method: request.method,
      ...trace,
      codes,
    });
    return true;
  };
}

/** Who is cut off while still sending would miss the answer: what comes is thrown away for a moment. */
const LINGER_MS = 2_000;

function answerTooLarge(request: IncomingMessage, response: ServerResponse, path: string): void {
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
  request.once("end", () => clearTimeout(timer)).resume();
  answer(response, path, { status: 413, detail: `Send at most ${BODY_LIMIT_BYTES / 1024} KB.` });
}

function refuse(request: IncomingMessage, target: string, url: string): Answer | null {
  const method = request.method ?? "";
  if (request.rawHeaders.length > MOST_HEADER_ENTRIES) return TOO_MANY_LINES;
  // Node shows the first line only: what is judged would not be all that was sent.
  if (valuesOf(request.rawHeaders, "authorization").length > 1) return TWO_CREDENTIALS;
  return refuseTarget(method, target) ?? refuseHost(valuesOf(request.rawHeaders, "host"), method, target, url);
}

/**
 * Node silently leaves out header lines beyond about a thousand, and the one that a proxy put last could be the one that
 * says whose request it is. Two entries a line.
 */
const MOST_HEADER_ENTRIES = 1_000;
const TOO_MANY_LINES: Answer = { status: 431, detail: "Send fewer header lines." };

const TWO_CREDENTIALS: Answer = { status: 400, detail: "Send one Authorization header." };

/** Next judges scheme, host and nonce by headers: they are ours. */
function prepare(request: IncomingMessage, policy: string, { url, trustedProxies }: Surroundings): void {
  const peer = peerAddress(
    request.socket.remoteAddress ?? "",
    valuesOf(request.rawHeaders, "x-forwarded-for"),
    trustedProxies,
  );
  const ours = {
    [PEER_HEADER]: peer,
    "x-forwarded-for": peer,
    "x-forwarded-proto": schemeOf(url),
    "x-forwarded-host": request.headers.host ?? "",
    "x-forwarded-port": portOf(url),
    "content-security-policy": policy,
  };
  request.headers = {
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isForeign(name))),
    ...ours,
  };
  request.rawHeaders = [...withoutForeign(request.rawHeaders), ...Object.entries(ours).flat()];
  request.headersDistinct = distinctOf(request.rawHeaders);
}

const schemeOf = (url: string): string => new URL(url).protocol.slice(0, -1);
const portOf = (url: string): string => new URL(url).port || (schemeOf(url) === "https" ? "443" : "80");

/** Next gives some pages a public lifetime: what is personal stays out of every cache, so everything not hashed does. */
function keepOutOfCaches(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  setHeader("cache-control", "no-store");
  response.setHeader = (name, value) => (name.toLowerCase() === "cache-control" ? response : setHeader(name, value));
}

function answer(response: ServerResponse, path: string, { status, detail, headers = {} }: Answer): void {
  const problem = {
    type: "about:blank",
    title: detail,
    status,
    detail,
    code: CODES[status] ?? "malformed",
    requestId: randomUUID(),
    errors: [],
  };
  const [type, body] = isApi(path)
    ? ["application/problem+json", JSON.stringify(problem)]
    : ["text/plain; charset=utf-8", `${detail}\n`];
  response.writeHead(status, { "content-type": type, ...headers }).end(body);
}

const CODES: Readonly<Record<number, string>> = { 413: "too_large" };
