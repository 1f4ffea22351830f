import { randomUUID } from "node:crypto";
import { RETRY_AFTER_SECONDS } from "#lib/db/away";
import { codesOf, isRepeatable, isUnavailable } from "#lib/db/failure";
import { env } from "#lib/env";
import { ok, type Refusal, type Result, refuse } from "#lib/errors/error";
import { type Problem, problemOf, UNEXPECTED } from "#lib/errors/problem";
import { rateHeaders } from "#lib/errors/quota";
import { log } from "#lib/log";
import { readTrace } from "#lib/trace";

export type RouteContext = { readonly params: Promise<Readonly<Record<string, string>>> };

/** Bodies are capped before they are parsed. */
const MOST_BYTES = 64 * 1024;

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** A successful answer as JSON; bigint and Date have been turned into strings by the views. */
export function answerOf(body: object, status: number): Result<Response> {
  return ok(Response.json(body, { status, headers: HEADERS }));
}

/** Runs a handler; a refusal becomes problem details, the unexpected a 500 or 503 without details. Logged once, here. */
export async function answering(request: Request, handle: () => Promise<Result<Response>>): Promise<Response> {
  const requestId = randomUUID();
  try {
    const answer = await handle();
    return answer.ok ? answer.value : refusalAnswer(answer.refusal, requestId);
  } catch (error) {
    const { pathname: path } = new URL(request.url);
    const about = { requestId, path, method: request.method, ...readTrace([request.headers.get("traceparent") ?? ""]) };
    const sentence = isUnavailable(error) ? uncertain(request) : isRepeatable(error) ? UNDONE : null;
    if (sentence !== null) {
      const codes = codesOf(error);
      log.warn("the database does not answer", { ...about, codes });
      const refusal = refuse("unavailable", `The database does not answer. ${sentence}`);
      if (!refusal.ok) return refusalAnswer({ ...refusal.refusal, retryAfterSeconds: RETRY_AFTER_SECONDS }, requestId);
    }
    log.error("unexpected", { ...about, error });
    return problem({ ...UNEXPECTED, detail: `${UNEXPECTED.detail} ${uncertain(request)}`, requestId });
  }
}

/** What others held again and again, until there was no time left. */
const UNDONE = "Others are changing the same, and nothing of yours was changed. Try again in a moment.";

/** A connection that breaks during COMMIT leaves open whether the change is in: then nobody may say that it is not. */
const uncertain = ({ method }: Request): string =>
  method === "GET" || method === "HEAD"
    ? "Try again in a moment."
    : "Probably nothing was changed, but look before you try again.";

/** What every address below `/api/v1` answers that is none of the API's. */
export function unknownRoute(request: Request): Promise<Response> {
  return answering(request, async () => refuse("not_found", "There is nothing at this address of the API."));
}

function refusalAnswer(refusal: Refusal, requestId: string): Response {
  const response = problem(problemOf(refusal, env().url, requestId));
  const { retryAfterSeconds, quota } = refusal;
  if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
  for (const [name, value] of quota === undefined ? [] : rateHeaders(quota)) response.headers.set(name, value);
  if (refusal.code === "unauthenticated") response.headers.set("www-authenticate", 'Bearer realm="Latchkey"');
  return response;
}

function problem(content: Problem): Response {
  const headers = { ...HEADERS, "content-type": "application/problem+json" };
  return new Response(JSON.stringify(content), { status: content.status, headers });
}

/**
 * Reads a JSON body of at most 64 KB. No body at all is an empty object: `POST …/resume` needs none.
 * @returns `too_large`, `unsupported_media_type` or `malformed` with what to do
 */
export async function readJson(request: Request): Promise<Result<unknown>> {
  const text = await readText(request);
  if (!text.ok) return text;
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (text.value === "" && type === undefined) return ok({});
  if (type !== "application/json") {
    return refuse("unsupported_media_type", "Send JSON, with Content-Type: application/json.");
  }
  if (text.value === "") return ok({});
  try {
    return ok(JSON.parse(text.value) as unknown);
  } catch {
    return refuse("malformed", "The body is not valid JSON.");
  }
}

/** The bytes of a body. What is thrown while they come is the client's: it has cut them off, and hears no answer. */
async function readBytes(body: ReadableStream<Uint8Array>): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) return refuse("too_large", "Send at most 64 KB.");
      chunks.push(chunk);
    }
  } catch (error) {
    log.debug("a body was cut off", { error });
    return refuse("malformed", "The body was cut off.");
  }
  return ok(Buffer.concat(chunks));
}

async function readText(request: Request): Promise<Result<string>> {
  if (request.body === null) return ok("");
  const bytes = await readBytes(request.body);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return refuse("malformed", "The body is not valid UTF-8.");
  }
}
