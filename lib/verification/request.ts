import { isNamed } from "./header-name";

/** Header lines as they came: name, value, name, value … (node's `rawHeaders`). Duplicates stay visible. */
export type HeaderLines = readonly string[];

/**
 * What the client asked the application, as far as a gateway told us; the decision never learns which gateway.
 * Nothing here has been judged yet: host, target and address are the gateway's words, byte for byte.
 */
export type OriginalRequest = {
  readonly method: string;
  /** The request target, raw: path and query, never decoded. */
  readonly target: string;
  readonly host: string;
  readonly proto: string;
  /** One literal address of the client. */
  readonly clientAddress: string;
  readonly headers: HeaderLines;
};

const NONE: readonly string[] = Object.freeze([]);

/**
 * All values of a header, in the order of its lines. RFC 9110 §5.3 lets a recipient join lines; we count them,
 * because gateways and upstreams disagree about which of two they read.
 * @param name in lower case
 */
export function valuesOf(headers: HeaderLines, name: string): readonly string[] {
  let found: string[] | null = null;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (!isNamed(headers[i] ?? "", name)) continue;
    const value = headers[i + 1] ?? "";
    // Not pushed into an empty list: V8 would make room for sixteen.
    if (found === null) found = [value];
    else found.push(value);
  }
  return found ?? NONE;
}

/**
 * The value of a header that must be there exactly once and say something.
 * @returns null when it is absent, empty or sent twice
 */
export function onlyValue(headers: HeaderLines, name: string): string | null {
  let only: string | null = null;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (!isNamed(headers[i] ?? "", name)) continue;
    if (only !== null) return null;
    only = headers[i + 1] ?? "";
  }
  return only === "" ? null : only;
}
