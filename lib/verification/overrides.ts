import { decodeForm, type Parameter } from "./parameters";
import type { HeaderLines, OriginalRequest } from "./request";

/** Methods that HTTP calls safe, as far as anybody uses them. */
export const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Names, and at the index of each of their lengths a 1. */
type Names = { readonly names: ReadonlySet<string>; readonly lengths: Uint8Array };

function namesOf(...names: readonly string[]): Names {
  const lengths = new Uint8Array(64);
  for (const { length } of names) lengths[length] = 1;
  return { names: new Set(names), lengths };
}

const METHOD = namesOf("x-http-method-override", "x-http-method", "x-method-override");
const URLS = namesOf("x-original-url", "x-rewrite-url");

/** Whether a name is one of these in any case; to CGI and its heirs an underscore is a hyphen. */
function isNamed({ names, lengths }: Names, name: string): boolean {
  // Lengths first: nearly all names are told apart by them.
  return lengths[name.length] === 1 && names.has(name.toLowerCase().replaceAll("_", "-"));
}

type Asked = {
  readonly method: string;
  readonly headers: HeaderLines;
  readonly parameters: readonly Parameter[];
};

/** Whether something asks the upstream to take another method than the one on the request line. */
export function overridesMethod({ method, headers, parameters }: Asked): boolean {
  const harmless = (value: string) => SAFE.has(method) && value === method;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (isNamed(METHOD, headers[i] ?? "") && !harmless(headers[i + 1] ?? "")) return true;
  }
  for (const { name, raw } of parameters) {
    const known = name === "_method" || name === "$method" || isNamed(METHOD, name);
    if (known && !harmless(decodeForm(raw))) return true;
  }
  return false;
}

/** Some upstreams take these for the path. ingress-nginx itself sends the first, and tells the truth in it. */
export function overridesUrl({ headers, proto, host, target }: OriginalRequest): boolean {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (!isNamed(URLS, headers[i] ?? "")) continue;
    const url = headers[i + 1];
    if (url !== target && url !== `${proto}://${host}${target}`) return true;
  }
  return false;
}
