import type { Buffer } from "node:buffer";
import { METHODS } from "node:http";
import { isNamed } from "#lib/verification/header-name";

/** A request that came whole in one piece, with nothing behind it and without a body. */
export type PlainRequest = {
  readonly method: string;
  /** The request target, raw: begins with a slash. */
  readonly url: string;
  /** Name, value, name, value … as they came (node's `rawHeaders`). */
  readonly rawHeaders: readonly string[];
};

const [LF, CR, SPACE, SLASH, COLON] = [10, 13, 32, 47, 58];
const LONGEST_BYTES = 16_384;
const VERSION = " HTTP/1.1\r\n";

/** What may stand in a method, in a target, in a header's name (RFC 9110 §5.6.2) and in its value. A set of bits. */
const [LETTER, VISIBLE, TOKEN, TEXT] = [1, 2, 4, 8];
const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  const char = String.fromCharCode(code);
  const kinds: [RegExp, number][] = [
    [/[A-Z]/, LETTER],
    [/[\x21\x24-\x7e]/, VISIBLE],
    [/[A-Za-z0-9!#$%&'*+.^_`|~-]/, TOKEN],
    [/[\x20-\x7e]/, TEXT],
  ];
  return kinds.reduce((sum, [pattern, kind]) => (pattern.test(char) ? sum | kind : sum), 0);
});

/** Where bytes of a kind end. The last byte is of no kind. */
function endOf(bytes: Buffer, from: number, kind: number): number {
  let at = from;
  while (((KINDS[bytes[at] ?? 0] ?? 0) & kind) !== 0) at += 1;
  return at;
}

/** Methods that have nothing to do with the connection, and whose answers may have a body. */
const PLAIN_METHODS: ReadonlySet<string> = new Set(
  METHODS.filter((method) => method !== "HEAD" && method !== "CONNECT"),
);

const OF_THE_WIRE = ["expect", "upgrade", "proxy-connection", "transfer-encoding"];

/** What a line says about the connection, about a body or about how to answer. */
type Meaning = "host" | "no body" | "of the wire" | null;

function meaningOf(name: string, value: string): Meaning {
  if (isNamed(name, "host")) return "host";
  if (isNamed(name, "content-length")) return value === "0" ? "no body" : "of the wire";
  if (isNamed(name, "connection")) return isNamed(value, "keep-alive") ? null : "of the wire";
  return OF_THE_WIRE.some((each) => isNamed(name, each)) ? "of the wire" : null;
}

/**
 * Reads a request of a grammar so narrow that nobody can read it otherwise: one piece that is exactly one head of
 * HTTP/1.1 with one `Host`, of visible ASCII, without a body or anything that changes the connection.
 * @returns null for everything else, which may well be a good request: somebody who reads all of HTTP has to say
 */
export function readPlain(bytes: Buffer): PlainRequest | null {
  const end = bytes.length - 2;
  if (end < 2 || bytes.length > LONGEST_BYTES || bytes[end] !== CR || bytes[end + 1] !== LF) return null;
  const methodEnd = endOf(bytes, 0, LETTER);
  if (bytes[methodEnd] !== SPACE || bytes[methodEnd + 1] !== SLASH) return null;
  const urlEnd = endOf(bytes, methodEnd + 1, VISIBLE);
  const text = bytes.toString("latin1");
  if (!text.startsWith(VERSION, urlEnd)) return null;
  const method = text.slice(0, methodEnd);
  if (!PLAIN_METHODS.has(method)) return null;
  const rawHeaders = readLines(bytes, text, urlEnd + VERSION.length, end);
  return rawHeaders && { method, url: text.slice(methodEnd + 1, urlEnd), rawHeaders };
}

/** @param end where the empty line begins */
function readLines(bytes: Buffer, text: string, start: number, end: number): string[] | null {
  const lines: string[] = [];
  let [hosts, lengths] = [0, 0];
  let at = start;
  while (at < end) {
    const nameEnd = endOf(bytes, at, TOKEN);
    if (nameEnd === at || bytes[nameEnd] !== COLON) return null;
    const from = bytes[nameEnd + 1] === SPACE ? nameEnd + 2 : nameEnd + 1;
    const to = endOf(bytes, from, TEXT);
    if (bytes[to] !== CR || bytes[to + 1] !== LF) return null;
    if (to > from && (bytes[from] === SPACE || bytes[to - 1] === SPACE)) return null;
    const name = text.slice(at, nameEnd);
    const value = text.slice(from, to);
    const meaning = meaningOf(name, value);
    if (meaning === "of the wire") return null;
    if (meaning === "host") hosts += 1;
    else if (meaning === "no body") lengths += 1;
    lines.push(name, value);
    at = to + 2;
  }
  return at === end && hosts === 1 && lengths <= 1 ? lines : null;
}
