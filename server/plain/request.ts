import type { Buffer } from "node:buffer";
import { METHODS } from "node:http";
import { isNamed } from "#lib/verification/header-name";
import type { KnownLines, Meaning } from "./known-lines";

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

function meaningOf(name: string, value: string): Meaning {
  if (isNamed(name, "host")) return "host";
  if (isNamed(name, "content-length")) return value === "0" ? "no body" : "of the wire";
  if (isNamed(name, "connection")) return isNamed(value, "keep-alive") ? null : "of the wire";
  return OF_THE_WIRE.some((each) => isNamed(name, each)) ? "of the wire" : null;
}

/**
 * Reads a request of a grammar so narrow that nobody can read it otherwise: one piece that is exactly one head of
 * HTTP/1.1 with one `Host`, of visible ASCII, without a body or anything that changes the connection.
 * @param known what has come before; learns from it
 * @returns null for everything else, which may well be a good request: somebody who reads all of HTTP has to say
 */
export function readPlain(bytes: Buffer, known: KnownLines): PlainRequest | null {
  const end = bytes.length - 2;
  if (end < 2 || bytes.length > LONGEST_BYTES || bytes[end] !== CR || bytes[end + 1] !== LF) return null;
  const methodEnd = endOf(bytes, 0, LETTER);
  if (bytes[methodEnd] !== SPACE || bytes[methodEnd + 1] !== SLASH) return null;
  const urlEnd = endOf(bytes, methodEnd + 1, VISIBLE);
  const text = bytes.toString("latin1");
  if (!text.startsWith(VERSION, urlEnd)) return null;
  const method = text.slice(0, methodEnd);
  if (!PLAIN_METHODS.has(method)) return null;
  const rawHeaders = readLines({ bytes, text, end }, urlEnd + VERSION.length, known);
  return rawHeaders && { method, url: text.slice(methodEnd + 1, urlEnd), rawHeaders };
}

/** A head as bytes and as text, of the same length. `end` is where the empty line begins. */
type Head = { readonly bytes: Buffer; readonly text: string; readonly end: number };

function readLines(head: Head, start: number, known: KnownLines): string[] | null {
  const { bytes, end } = head;
  const lines: string[] = [];
  const teaches = known.begin();
  let [hosts, lengths] = [0, 0];
  let at = start;
  for (let place = 0; at < end; place += 1) {
    const before = known.find(place, bytes, at);
    let meaning: Meaning;
    if (before !== null) {
      lines.push(before.name, before.value);
      meaning = before.meaning;
      at += before.bytes.length;
    } else {
      const next = readLine(head, at, lines);
      if (next === null) return null;
      const [name = "", value = ""] = [lines[2 * place], lines[2 * place + 1]];
      meaning = meaningOf(name, value);
      if (meaning === "of the wire") return null;
      if (teaches) known.learn(place, { bytes: bytes.subarray(at, next), name, value, meaning });
      at = next;
    }
    if (meaning === "host") hosts += 1;
    else if (meaning === "no body") lengths += 1;
  }
  return at === end && hosts === 1 && lengths <= 1 ? lines : null;
}

/** Reads the line that begins `at`, behind those before it. @returns where the next one begins */
function readLine({ bytes, text }: Head, at: number, lines: string[]): number | null {
  const nameEnd = endOf(bytes, at, TOKEN);
  if (nameEnd === at || bytes[nameEnd] !== COLON) return null;
  const from = bytes[nameEnd + 1] === SPACE ? nameEnd + 2 : nameEnd + 1;
  const to = endOf(bytes, from, TEXT);
  if (bytes[to] !== CR || bytes[to + 1] !== LF) return null;
  if (to > from && (bytes[from] === SPACE || bytes[to - 1] === SPACE)) return null;
  lines.push(text.slice(at, nameEnd), text.slice(from, to));
  return to + 2;
}
