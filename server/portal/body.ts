import { IncomingMessage } from "node:http";
import { codeOf } from "#server/start-failure";

/** What a request may carry, before anything parses it. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** Whether the request says itself that it is too long. */
export const saysTooLarge = (request: IncomingMessage): boolean =>
  Number(request.headers["content-length"] ?? 0) > BODY_LIMIT_BYTES;

/** The body, or why there is none: it is too long, or whoever sent it went away, or went on with what is no HTTP. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | "too large" | "gone"> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > BODY_LIMIT_BYTES) return "too large";
      chunks.push(chunk);
    }
  } catch (error) {
    if (codeOf(error) === "ECONNRESET") return "gone";
    throw error;
  }
  return Buffer.concat(chunks);
}

/**
 * A request whose length nobody said (chunked) is read here, up to the limit, and handed on as one whose length is known.
 * @returns the request to go on with, or why there is none
 */
export async function measured(request: IncomingMessage): Promise<IncomingMessage | "too large" | "gone"> {
  if (request.headers["transfer-encoding"] === undefined) return request;
  const body = await bodyOf(request);
  if (typeof body === "string") return body;
  const whole = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = request;
  const { "transfer-encoding": _unknown, ...headers } = request.headers;
  Object.assign(whole, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  whole.rawHeaders = rawHeaders.filter((_text, i) => !/^transfer-encoding$/i.test(rawHeaders[i - (i % 2)] ?? ""));
  whole.headers = { ...headers, "content-length": String(body.length) };
  whole.push(body);
  whole.push(null);
  return whole;
}
