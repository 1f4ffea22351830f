import { Buffer } from "node:buffer";
import type { CalledQuestion, Contact, Reading } from "../question";
import type { HeaderLines } from "../request";

/** A header where Envoy sends lines as they came (`encode_raw_headers`): the value as text or as bytes. */
type HeaderValue = { readonly key?: string; readonly value?: string; readonly rawValue?: Uint8Array };

type HttpAttributes = {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly scheme?: string;
  /** One value for each name: lines of the same name are joined by commas. */
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly headerMap?: { readonly headers?: readonly HeaderValue[] | null } | null;
};

/** Envoy's question by gRPC (`envoy.service.auth.v3.CheckRequest`), as far as it is read. Everything may be missing. */
export type CheckRequest = {
  readonly attributes?: {
    readonly source?: {
      readonly address?: { readonly socketAddress?: { readonly address?: string } | null } | null;
    } | null;
    readonly request?: { readonly http?: HttpAttributes | null } | null;
  } | null;
};

/** How the caller named itself in the metadata of the call: every value of each. */
export type CheckCaller = {
  readonly peer: Contact["peer"];
  readonly keys: readonly string[];
  readonly secrets: readonly string[];
};

/** What no line of a request can hold. */
const BREAK = /[\r\n\0]/;

/** Of both ways to send headers all lines; null where one is none. What is sent in both ways is there twice, and refused. */
function linesOf({ headers, headerMap }: HttpAttributes): HeaderLines | null {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(headers ?? {})) lines.push(name, value);
  for (const { key = "", value = "", rawValue } of headerMap?.headers ?? []) {
    lines.push(key, rawValue === undefined || rawValue.length === 0 ? value : Buffer.from(rawValue).toString("latin1"));
  }
  return lines.some((text) => BREAK.test(text)) ? null : lines;
}

function read({ attributes }: CheckRequest): Reading {
  const http = attributes?.request?.http;
  if (!http) return "attributes.request.http";
  const { method, path: target, host, scheme: proto } = http;
  if (!method) return "attributes.request.http.method";
  if (!target) return "attributes.request.http.path";
  if (!host) return "attributes.request.http.host";
  if (!proto) return "attributes.request.http.scheme";
  // The other end of Envoy's own connection, which no header of the client's can change.
  const clientAddress = attributes?.source?.address?.socketAddress?.address;
  if (!clientAddress) return "attributes.source.address";
  const headers = linesOf(http);
  return headers === null ? "headers" : { method, target, host, proto, clientAddress, headers };
}

/** Reads Envoy's question by gRPC; the gateway names itself in the metadata of the call. */
export function checkQuestion(request: CheckRequest, { peer, keys, secrets }: CheckCaller): CalledQuestion {
  const [key = ""] = keys;
  return {
    adapter: "envoy",
    gatewayKey: keys.length === 1 ? key : "",
    contact: { peer, secrets },
    reading: read(request),
    withholds: "headers", // checkResponse names them
  };
}
