import { isNamedToCgi } from "./header-name";
import { decodeForm, type Parameter } from "./parameters";
import type { HeaderLines, OriginalRequest } from "./request";

/** Methods that HTTP calls safe, as far as anybody uses them. */
export const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const METHOD = ["x-http-method-override", "x-http-method", "x-method-override"] as const;
const PREFIX = "x-forwarded-prefix";
const URLS = ["x-original-url", "x-rewrite-url", PREFIX] as const;

/** Which of these a name is, also where an underscore is taken for a hyphen; null for none. */
function oneOf(names: readonly string[], said: string): string | null {
  for (const name of names) if (isNamedToCgi(said, name)) return name;
  return null;
}

type Asked = {
  readonly method: string;
  readonly headers: HeaderLines;
  readonly parameters: readonly Parameter[];
};

/** What of a request asks for something else than its request line: a header or a parameter, by the name that we know. */
export type Override = { readonly kind: "header" | "parameter"; readonly name: string };

const methodHeader = (name: string): string | null => oneOf(METHOD, name);
const methodParameter = (name: string): string | null =>
  name === "_method" || name === "$method" ? name : oneOf(METHOD, name);

/** What asks the upstream to take another method than the one on the request line; null where nothing does. */
export function methodOverride({ method, headers, parameters }: Asked): Override | null {
  const harmless = (value: string) => SAFE.has(method) && value === method;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = methodHeader(headers[i] ?? "");
    if (name !== null && !harmless(headers[i + 1] ?? "")) return { kind: "header", name };
  }
  for (const { name: said, raw } of parameters) {
    const name = methodParameter(said);
    if (name !== null && !harmless(decodeForm(raw))) return { kind: "parameter", name };
  }
  return null;
}

/** Whether something asks the upstream to take another method than the one on the request line. */
export const overridesMethod = (asked: Asked): boolean => methodOverride(asked) !== null;

/** The same request, had nothing asked for another method. */
export function withoutMethodOverride<A extends Asked>(asked: A): A {
  const headers = asked.headers.filter((_, i) => methodHeader(asked.headers[i - (i % 2)] ?? "") === null);
  return { ...asked, headers, parameters: asked.parameters.filter(({ name }) => methodParameter(name) === null) };
}

/**
 * Some upstreams take these for the path, or `X-Forwarded-Prefix` for the beginning of it, which is no truth at all.
 * ingress-nginx itself sends the first, and tells the truth in it.
 * @returns what asks for another address than the one on the request line; null where nothing does
 */
export function urlOverride({ headers, proto, host, target }: OriginalRequest): Override | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = oneOf(URLS, headers[i] ?? "");
    if (name === null) continue;
    const url = headers[i + 1];
    const isTrue = name !== PREFIX && (url === target || url === `${proto}://${host}${target}`);
    if (!isTrue) return { kind: "header", name };
  }
  return null;
}

/** Whether something asks the upstream to take another address than the one on the request line. */
export const overridesUrl = (request: OriginalRequest): boolean => urlOverride(request) !== null;

/** An override in words: *parameter _method, which asks for another method*. */
export const inWords = ({ kind, name }: Override, asksFor: "method" | "address"): string =>
  `${kind} ${name}, which asks for another ${asksFor}`;
