import { isNamedToCgi } from "./header-name";
import { decodeForm, type Parameter } from "./parameters";
import type { HeaderLines, OriginalRequest } from "./request";

/** Methods that HTTP calls safe, as far as anybody uses them. */
export const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const METHOD = ["x-http-method-override", "x-http-method", "x-method-override"] as const;
const PREFIX = "x-forwarded-prefix";
const URLS = ["x-original-url", "x-rewrite-url", PREFIX] as const;

/** Whether a name is one of these, also where an underscore is taken for a hyphen. */
const isOneOf = (names: readonly string[], said: string): boolean => {
  for (const name of names) if (isNamedToCgi(said, name)) return true;
  return false;
};

type Asked = {
  readonly method: string;
  readonly headers: HeaderLines;
  readonly parameters: readonly Parameter[];
};

/** Whether something asks the upstream to take another method than the one on the request line. */
export function overridesMethod({ method, headers, parameters }: Asked): boolean {
  const harmless = (value: string) => SAFE.has(method) && value === method;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (isOneOf(METHOD, headers[i] ?? "") && !harmless(headers[i + 1] ?? "")) return true;
  }
  for (const { name, raw } of parameters) {
    const known = name === "_method" || name === "$method" || isOneOf(METHOD, name);
    if (known && !harmless(decodeForm(raw))) return true;
  }
  return false;
}

/**
 * Some upstreams take these for the path, or `X-Forwarded-Prefix` for the beginning of it, which is no truth at all.
 * ingress-nginx itself sends the first, and tells the truth in it.
 */
export function overridesUrl({ headers, proto, host, target }: OriginalRequest): boolean {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (!isOneOf(URLS, name)) continue;
    if (isNamedToCgi(name, PREFIX)) return true;
    const url = headers[i + 1];
    if (url !== target && url !== `${proto}://${host}${target}`) return true;
  }
  return false;
}
