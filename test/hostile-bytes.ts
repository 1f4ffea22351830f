/** A request in bytes that two readers could take for different ones: header lines, and what comes behind the head. */
export type Hostile = { readonly lines: readonly string[]; readonly body?: string };

const END = "0\r\n\r\n";
const chunked = (body: string): Hostile => ({ lines: ["Transfer-Encoding: chunked"], body });

/** Heads that everybody must refuse: smuggling (RFC 9112 §11.2), and lines that are none. */
export const HOSTILE_HEADS: Readonly<Record<string, Hostile>> = {
  "a length beside chunks": { lines: ["Content-Length: 6", "Transfer-Encoding: chunked"], body: END },
  "chunks beside a length": { lines: ["Transfer-Encoding: chunked", "Content-Length: 6"], body: END },
  "two lengths": { lines: ["Content-Length: 1", "Content-Length: 2"] },
  "the same length twice": { lines: ["Content-Length: 0", "Content-Length: 0"] },
  "a list of lengths": { lines: ["Content-Length: 0, 0"] },
  "a length with a sign": { lines: ["Content-Length: +5"] },
  "a negative length": { lines: ["Content-Length: -1"] },
  "a hexadecimal length": { lines: ["Content-Length: 0x5"] },
  "an empty length": { lines: ["Content-Length:"] },
  "a length beyond counting": { lines: [`Content-Length: ${"9".repeat(30)}`] },
  "an encoding that is none": { lines: ["Transfer-Encoding: xchunked"], body: END },
  "an encoding in quotes": { lines: ['Transfer-Encoding: "chunked"'], body: END },
  "an encoding of two": { lines: ["Transfer-Encoding: gzip, chunked"], body: END },
  "an encoding behind a vertical tab": { lines: ["Transfer-Encoding: \u000bchunked"], body: END },
  "chunks that are not last": { lines: ["Transfer-Encoding: chunked, identity"], body: END },
  "chunks and then something": { lines: ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], body: END },
  "chunks twice": { lines: ["Transfer-Encoding: chunked, chunked"], body: END },
  "a space before the colon": { lines: ["Transfer-Encoding : chunked"], body: END },
  "a tab before the colon": { lines: ["Transfer-Encoding\t: chunked"], body: END },
  "a folded encoding": { lines: ["Transfer-Encoding:\r\n chunked"], body: END },
  "a folded header": { lines: ["X-A: b\r\n c: d"] },
  "a line that begins with a space": { lines: [" X-A: b"] },
  "a bare LF in a header": { lines: ["X-A: b\nX-B: c"] },
  "a bare CR in a header": { lines: ["X-A: b\rX-B: c"] },
  "an end of the head by LF alone": { lines: ["X-A: b\n\nGET /smuggled HTTP/1.1\nHost: a"] },
  "NUL in a header": { lines: ["X-A: b\u0000c"] },
  "NUL in a name": { lines: ["X-\u0000A: b"] },
  "a control character in a header": { lines: ["X-A: b\u0001c"] },
  "a name of eight bits": { lines: ["X-\u00e4: b"] },
  "a header without a name": { lines: [": b"] },
  "a header without a colon": { lines: ["X-A"] },
};

/** Bodies that end nowhere; who does not read bodies may answer the head, and then hangs up. */
export const HOSTILE_BODIES: Readonly<Record<string, Hostile>> = {
  "a chunk beyond counting": chunked(`${"F".repeat(17)}\r\n`),
  "a chunk that is no number": chunked("-1\r\n\r\n"),
  "a chunk longer than it says": chunked("1\r\nabc\r\n0\r\n\r\n"),
  "a chunk that ends in LF alone": chunked("1\na\n0\n\n"),
  "a chunk with an endless extension": chunked(`1;${"a".repeat(80_000)}\r\n`),
  "no body at all, and the end of the connection": chunked("5\r\nab"),
};

/** Request lines that nobody may take for one. */
export const HOSTILE_REQUEST_LINES = {
  "a version to come": "GET / HTTP/3.0",
  "the beginning of HTTP/2": "PRI * HTTP/2.0",
  "a tab between": "GET\t/ HTTP/1.1",
  "a method of eight bits": "G\u00cbT / HTTP/1.1",
  "a method in lower case": "get / HTTP/1.1",
  "no target": "GET  HTTP/1.1",
  "NUL in the target": "GET /\u0000 HTTP/1.1",
  "a bare CR in the target": "GET /\r HTTP/1.1",
  "a TLS handshake": "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
} as const;

const NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/** The bytes of a request, and behind them one that must never be taken for another. */
export const bytesOf = (head: readonly string[], { lines, body = "" }: Hostile): string =>
  `${[...head, ...lines].join("\r\n")}\r\n\r\n${body}${NEXT}`;
