import { connect } from "node:net";

export type RawAnswer = {
  readonly status: number;
  readonly reason: string;
  /** Lower-case name → every value, in order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
};

/**
 * Sends bytes to a loopback port and reads the answer until the peer closes: for requests that no HTTP client would send
 * (odd targets, double headers), and to see answers that none would show.
 * @param lines request line and header lines; `Host` and `Connection: close` are added unless a line names them, and the
 * body's length unless they say how it comes
 * @returns what was answered, also where the connection is reset behind the whole head of an answer
 * @param to where to, and of this machine's addresses the one `from` which it comes; any where that is not said
 */
export function rawRequest(
  to: { address: string; port: number; from?: string | undefined },
  lines: readonly string[],
  body = "",
): Promise<RawAnswer> {
  const has = (name: string) => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const head = [
    ...lines,
    ...(has("host") ? [] : [`Host: ${to.address}:${to.port}`]),
    ...(has("connection") ? [] : ["Connection: close"]),
    ...(body === "" || has("content-length") || has("transfer-encoding")
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect({ port: to.port, host: to.address, localAddress: to.from });
    const chunks: Buffer[] = [];
    socket.on("connect", () => socket.write(`${head.join("\r\n")}\r\n\r\n${body}`));
    socket.on("data", (chunk) => chunks.push(chunk));
    const seen = () => Buffer.concat(chunks).toString();
    socket.on("end", () => resolve(parse(seen())));
    // Who refuses a request that it has not read to its end resets the connection behind the answer.
    socket.on("error", (error) => (seen().includes("\r\n\r\n") ? resolve(parse(seen())) : reject(error)));
    socket.setTimeout(10_000, () => {
      reject(new Error(`No answer to ${lines[0]}`));
      socket.destroy();
    });
  });
}

function parse(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    headers[name] = [...(headers[name] ?? []), line.slice(colon + 1).trim()];
  }
  const [, status = "", reason = ""] = /^HTTP\/1\.[01] (\d+) ?(.*)$/.exec(first) ?? [];
  return { status: Number(status), reason, headers, body: text.slice(end + 4) };
}
