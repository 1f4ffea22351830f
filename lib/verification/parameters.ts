import { decodeOnce } from "./percent";

export type Parameter = {
  /** Decoded and in lower case: upstreams differ in what they make of `_METHOD`. */
  readonly name: string;
  /** As it came. */
  readonly raw: string;
};

const NONE: readonly Parameter[] = Object.freeze([]);

/** A form-encoded text decoded; where an escape is broken it stays as it is, as servlet containers differ there. */
export function decodeForm(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return decodeOnce(spaced)?.text ?? spaced;
}

/**
 * The parameters of a raw query string, in order, duplicates included. Both `&` and `;` separate: some upstreams read
 * the semicolon so, and a parameter that we see and the upstream does not costs less than the reverse.
 */
export function parametersOf(query: string): readonly Parameter[] {
  if (query === "") return NONE;
  const parameters: Parameter[] = [];
  const plain = query.includes(";") ? query.replaceAll(";", "&") : query;
  for (let at = 0; at <= plain.length; ) {
    const next = plain.indexOf("&", at);
    const end = next < 0 ? plain.length : next;
    const equals = plain.indexOf("=", at);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (nameEnd > at) {
      const name = decodeForm(plain.slice(at, nameEnd)).toLowerCase();
      parameters.push({ name, raw: plain.slice(Math.min(nameEnd + 1, end), end) });
    }
    at = end + 1;
  }
  return parameters;
}
