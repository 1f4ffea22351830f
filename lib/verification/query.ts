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
  for (const pair of query.includes(";") ? query.split(/[&;]/) : query.split("&")) {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (name === "") continue;
    parameters.push({ name: decodeForm(name).toLowerCase(), raw: equals < 0 ? "" : pair.slice(equals + 1) });
  }
  return parameters;
}
