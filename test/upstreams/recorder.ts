import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** What reached an upstream, byte for byte as Node's parser saw it. Header names are lower case. */
export type Arrival = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  /** What came behind a chunked body: names and values in turn. */
  readonly trailers: readonly string[];
};

export type Upstream = {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  /** The arrivals since the last call. */
  take(): Arrival[];
  stop(): Promise<void>;
};

type Answer = (arrival: Arrival, response: ServerResponse) => void;

/**
 * Starts an HTTP server on a free loopback port that records every request before it answers.
 * @param answer writes the response; its request's body has been read to the end
 * @param prepare adds to the server before it listens (WebSocket, streaming)
 */
export async function startRecorder(answer: Answer, prepare: (server: Server) => void = () => {}): Promise<Upstream> {
  const arrivals: Arrival[] = [];
  let taken = 0;
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const arrival = await arrivalOf(request);
    arrivals.push(arrival);
    answer(arrival, response);
  });
  prepare(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return {
    port: address.port,
    arrivals,
    take() {
      const fresh = arrivals.slice(taken);
      taken = arrivals.length;
      return fresh;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function arrivalOf(request: IncomingMessage): Promise<Arrival> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers: Record<string, string[]> = {};
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? "").toLowerCase();
    headers[name] = [...(headers[name] ?? []), request.rawHeaders[at + 1] ?? ""];
  }
  const { method = "", url = "", rawTrailers: trailers } = request;
  return { method, url, headers, body: Buffer.concat(chunks).toString(), trailers };
}

/** All of an arrival as one text: for *the secret is nowhere in it*. */
export const wholeText = (arrival: Arrival): string => JSON.stringify(arrival);
