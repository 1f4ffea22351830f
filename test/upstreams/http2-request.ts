import { once } from "node:events";
import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2";

export type Http2Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A server that speaks TLS and HTTP/2, and who signed its certificate. */
export type Secured = { readonly address: string; readonly port: number; readonly ca: string };

/**
 * Sends a request by HTTP/2, on a connection of its own.
 * @param headers pseudo-headers too; `:authority` is the address unless it is among them
 * @returns the answer; status 0 where the stream or the connection was ended instead
 */
export async function http2Request({ address, port, ca }: Secured, headers: OutgoingHttpHeaders, body = "") {
  const session = connect(`https://${address}:${port}`, { ca });
  await once(session, "connect");
  const stream = session.request(headers, { endStream: body === "" });
  try {
    return await answerTo(stream, body);
  } finally {
    session.destroy();
  }
}

function answerTo(stream: ReturnType<ReturnType<typeof connect>["request"]>, body: string): Promise<Http2Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let came: IncomingHttpHeaders & { ":status"?: number | undefined } = {};
    stream.on("response", (headers) => {
      came = headers;
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    // An ended stream is an answer too; `close` follows, and says so.
    stream.on("error", () => undefined);
    stream.on("close", () =>
      resolve({ status: came[":status"] ?? 0, headers: came, body: Buffer.concat(chunks).toString() }),
    );
    stream.setTimeout(10_000, () => reject(new Error(`No answer to ${stream.sentHeaders[":path"]}`)));
    if (body !== "") stream.end(body);
  });
}
