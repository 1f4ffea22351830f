import { IncomingMessage } from "node:http";

/** What a request may carry, before anything parses it. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** Whether the request says itself that it is too long. */
export const saysTooLarge = (request: IncomingMessage): boolean =>
  Number(request.headers["content-length"] ?? 0) > BODY_LIMIT_BYTES;

/**
 * A request whose length nobody said (chunked) is read here, up to the limit, and handed on as one whose length is known.
 * @returns the request to go on with, or null when it is too long
 */
export async function measured(request: IncomingMessage): Promise<IncomingMessage | null> {
  if (request.headers["transfer-encoding"] === undefined) return request;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  const whole = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = request;
  const { "transfer-encoding": _unknown, ...headers } = request.headers;
  Object.assign(whole, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  whole.rawHeaders = rawHeaders.filter((_text, i) => !/^transfer-encoding$/i.test(rawHeaders[i - (i % 2)] ?? ""));
  whole.headers = { ...headers, "content-length": String(bytes) };
  whole.push(Buffer.concat(chunks));
  whole.push(null);
  return whole;
}
