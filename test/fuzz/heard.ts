import { Buffer } from "node:buffer";
import type { HeaderLines, OriginalRequest } from "#lib/verification/request";
import { GATEWAY_SECRET } from "#test/plane";
import type { Wire } from "./shapes";
import { type Asked, FORWARD, type Named, NGINX } from "./wires";

/*
 * What a verifier is asked in bytes, as somebody reads it who never saw its adapters: each thing must be said once, by
 * the gateway that the address names. Only so can a question be judged of which a line was lost, doubled or changed.
 */

/** Bytes as one letter each: nobody knows what a header is written in. */
const asBytes = (text: string): string => Buffer.from(text).toString("latin1");

const LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;

type Head = { readonly method: string; readonly url: string; readonly headers: HeaderLines };

/** The head of a request; null where it is not HTTP (RFC 9112). */
function headOf({ lines: [first = "", ...lines] }: Asked): Head | null {
  const [, method, url] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e]+) HTTP\/1\.1$/.exec(asBytes(first)) ?? [];
  const read = lines.map((line) => LINE.exec(asBytes(line)));
  if (method === undefined || url === undefined || read.includes(null)) return null;
  const headers = read.flatMap((line) => [line?.[1] ?? "", (line?.[2] ?? "").replace(/[ \t]+$/, "")]);
  return { method, url, headers };
}

const BODY_LIMIT_BYTES = 65_536;

/** Whether a verifier may hang up on it without a word: what cannot be read, and what it does not read to its end. */
export const mayHangUp = (asked: Asked): boolean =>
  headOf(asked) === null || Buffer.byteLength(asked.body) > BODY_LIMIT_BYTES;

const valuesOf = (headers: HeaderLines, name: string): string[] =>
  headers.filter((_, i) => i % 2 === 1 && headers[i - 1]?.toLowerCase() === name.toLowerCase());

const isOnly = (values: readonly string[], value: string): boolean => values.length === 1 && values[0] === value;

/** What five headers say of a request, each once; of the address also a list in several. */
function toldBy(names: Named, headers: HeaderLines): OriginalRequest | null {
  const once = [names.method, names.uri, names.host, names.proto].map((name) => valuesOf(headers, name));
  if (once.some((values) => values.length !== 1)) return null;
  const [method = "", target = "", host = "", proto = ""] = once.map(([value]) => value ?? "");
  return { method, target, host, proto, clientAddress: valuesOf(headers, names.address).join(","), headers };
}

const isText = (value: unknown): value is string => typeof value === "string";

/** The request in the body of `/v1/verify`; null where it is none. */
function inJson(body: string): OriginalRequest | null {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null) return null;
  const of = new Map<string, unknown>(Object.entries(said));
  const words = ["method", "uri", "host", "proto", "clientIp"].map((name) => of.get(name));
  const named = of.get("headers");
  if (!words.every(isText) || typeof named !== "object" || named === null) return null;
  const [method = "", target = "", host = "", proto = "", clientAddress = ""] = words;
  const lines = Object.entries(named).flatMap(([name, values]) => [values].flat().flatMap((one) => [name, one]));
  return lines.every(isText) ? { method, target, host, proto, clientAddress, headers: lines } : null;
}

const isGateway = ({ headers }: Head): boolean => isOnly(valuesOf(headers, "X-Latchkey-Gateway-Key"), GATEWAY_SECRET);

function isCaller({ headers }: Head): boolean {
  const [value = "", ...more] = valuesOf(headers, "Authorization");
  const [, said = ""] = /^Basic +(\S+)$/i.exec(value) ?? [];
  return more.length === 0 && Buffer.from(said, "base64").toString() === `api:${GATEWAY_SECRET}`;
}

/** The request that a gateway of ours asks about; null where none does, or not in words that mean one request. */
export function requestIn(wire: Exclude<Wire, "introspect">, asked: Asked): OriginalRequest | null {
  const head = headOf(asked);
  if (head === null) return null;
  if (wire === "verify") return isCaller(head) ? inJson(asked.body) : null;
  if (!isGateway(head)) return null;
  if (wire === "nginx") return toldBy(NGINX, head.headers);
  if (wire === "forward") return toldBy(FORWARD, head.headers);
  const { method, url } = head;
  const [host, ...otherHosts] = valuesOf(head.headers, "Host");
  const [proto, ...otherProtos] = valuesOf(head.headers, "X-Forwarded-Proto");
  const target = url.replace(/^\/v1\/authz\/envoy\/[a-z]+/, "");
  if (host === undefined || proto === undefined || otherHosts.length + otherProtos.length > 0) return null;
  return {
    ...{ method, target, host, proto, headers: head.headers },
    clientAddress: valuesOf(head.headers, "X-Forwarded-For").join(","),
  };
}

/** The token that a caller of ours asks about; null where none does, or not about one. */
export function tokenIn(asked: Asked): string | null {
  const head = headOf(asked);
  if (head === null || !isCaller(head)) return null;
  const [type = "", ...more] = valuesOf(head.headers, "Content-Type");
  if (more.length > 0 || !type.toLowerCase().startsWith("application/x-www-form-urlencoded")) return null;
  const given = new URLSearchParams(asked.body.replaceAll(";", "&")).getAll("token");
  return given.length === 1 ? (given[0] ?? null) : null;
}
