import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { type Dialed, dial } from "./dialed";
import type { Running } from "./program";

/** Header lines with names in lower case. */
export type Lines = readonly (readonly [name: string, value: string])[];
export type Arrived = {
  readonly method: string;
  readonly url: string;
  readonly lines: Lines;
  readonly address: string;
};
export type Outgoing = { readonly status: number; readonly lines: Lines; readonly body: string };

/** On to an application with other headers. */
export type Onward = { readonly lines: Lines; readonly answer: (lines: Lines) => Lines; readonly url?: string };
export type Answered = { readonly answered: Outgoing };
/** What a gateway makes of a request: on to the application that listens there, or an answer of its own. */
export type Verdict = (Onward & { readonly port: number }) | Answered;

export const pairs = (flat: readonly string[]): Lines =>
  flat.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), flat[i + 1] ?? ""] as const] : []));
export const valuesIn = (lines: Lines, name: string): string[] =>
  lines.flatMap(([each, value]) => (each === name ? [value] : []));
export const without = (lines: Lines, gone: (name: string) => boolean): Lines => lines.filter(([name]) => !gone(name));
export const replaced = (lines: Lines, name: string, value: string): Lines => [
  ...without(lines, (each) => each === name),
  [name, value],
];
/** Names that a message says are for the next hop alone. */
export const hopByHop = (lines: Lines): Set<string> =>
  new Set(valuesIn(lines, "connection").flatMap((value) => value.split(",").map((name) => name.trim().toLowerCase())));

/** Where an address of a configuration leads. */
export const portOf = (url: string): number => Number(new URL(url).port);

/** A request line that begins with an address, split into that address's host and what nginx, Go and Envoy take for the target. */
export function inOriginForm(arrived: Arrived): { readonly arrived: Arrived; readonly named: string | null } {
  const [, named, target = ""] = /^[a-z]+:\/\/([^/?#]*)(.*)$/is.exec(arrived.url) ?? [];
  if (named === undefined) return { arrived, named: null };
  return { arrived: { ...arrived, url: target.startsWith("/") ? target : `/${target}` }, named };
}

/** As Go and Envoy have a request: the host of a request line with an address counts, and no Host line beside it. */
export function asAddressed(came: Arrived): Arrived {
  const { arrived, named } = inOriginForm(came);
  return named === null ? arrived : { ...arrived, lines: replaced(arrived.lines, "host", named) };
}

/** Sends a request as it is to a port of the loopback, or as it is said. Rejects when nobody answers in time. */
export function passOn(
  to: number | Dialed,
  { method, url, lines }: Omit<Arrived, "address">,
  body: Buffer,
  ms = 10_000,
) {
  const dialed = typeof to === "number" ? { at: { host: "127.0.0.1", port: to }, tls: null } : to;
  return new Promise<Outgoing>((resolve, reject) => {
    const outgoing = dial(dialed, { method, path: url, headers: lines.flat(), timeout: ms });
    outgoing.on("timeout", () => outgoing.destroy(new Error("timeout"))).on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, lines: pairs(response.rawHeaders), body: text });
      });
    });
    outgoing.end(body);
  });
}

/** nginx, Go and Envoy alike refuse a second Host line. */
const refusesTwoHosts =
  (judge: (arrived: Arrived) => Promise<Verdict>) =>
  async (arrived: Arrived): Promise<Verdict> =>
    valuesIn(arrived.lines, "host").length > 1 ? { answered: { status: 400, lines: [], body: "" } } : judge(arrived);

/** The outside of an emulated gateway: listens on all of loopback, and does what the verdict says. */
export async function startEdge(judging: (arrived: Arrived) => Promise<Verdict>): Promise<Running> {
  const judge = refusesTwoHosts(judging);
  const arrivedOf = ({ method = "", url = "", rawHeaders, socket }: IncomingMessage): Arrived => ({
    ...{ method, url, lines: pairs(rawHeaders), address: socket.remoteAddress ?? "" },
  });
  const answerTo = async (request: IncomingMessage): Promise<Outgoing> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const arrived = arrivedOf(request);
    const verdict = await judge(arrived);
    if ("answered" in verdict) return verdict.answered;
    const { lines, port, url = arrived.url } = verdict;
    const answer = await passOn(port, { ...arrived, lines, url }, Buffer.concat(chunks));
    return { ...answer, lines: verdict.answer(answer.lines) };
  };
  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    answerTo(request).then(
      ({ status, lines, body }) => {
        const kept = without(lines, (name) =>
          ["connection", "transfer-encoding", "content-length", "keep-alive"].includes(name),
        );
        response.writeHead(status, [...kept.flat(), "content-length", String(Buffer.byteLength(body))]).end(body);
      },
      () => response.writeHead(502).end(),
    );
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    judge(arrivedOf(request)).then((verdict) => {
      if ("answered" in verdict) socket.end(`HTTP/1.1 ${verdict.answered.status} Refused\r\nConnection: close\r\n\r\n`);
      else tunnel({ ...arrivedOf(request), ...verdict }, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: address.port, log: () => "an emulation keeps none", stop };
}

/** Sends a request that asks for another protocol to a port of the loopback, and what follows both ways. */
export function tunnel(
  { port, method, url, lines }: Omit<Arrived, "address"> & { readonly port: number },
  socket: Duplex,
): void {
  const upstream = connect(port, "127.0.0.1");
  const plain = valuesIn(lines, "upgrade").length === 0;
  const sent: Lines = plain ? replaced(lines, "connection", "close") : lines;
  const head = [`${method} ${url} HTTP/1.1`, ...sent.map(([name, value]) => `${name}: ${value}`)];
  upstream.write(`${head.join("\r\n")}\r\n\r\n`);
  upstream.pipe(socket).pipe(upstream);
  upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
  socket.on("error", () => upstream.destroy()).on("close", () => upstream.destroy());
}
