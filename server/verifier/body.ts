import type { IncomingMessage } from "node:http";

/** The body of a request, or why there is none: more than the limit, or the other side went away. */
export type Body = { readonly text: string } | "too large" | "gone";

/**
 * Reads a body of at most `limitBytes`. What is too large is not read to its end.
 * @param done called once
 */
export function readBody(request: IncomingMessage, limitBytes: number, done: (body: Body) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = (body: Body) => {
    request.off("data", onData).off("end", onEnd).off("close", onClose);
    done(body);
  };
  const onData = (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) finish("too large");
    else chunks.push(chunk);
  };
  const onEnd = () => finish({ text: Buffer.concat(chunks).toString("utf8") });
  const onClose = () => finish("gone");
  request.on("data", onData).on("end", onEnd).on("close", onClose);
  request.on("error", () => undefined); // `close` follows
}
