import { compilePattern, type Pattern } from "#lib/verification/pattern";

/** `METHOD /path/pattern`, ready for matching. */
export type PathRule = { readonly text: string; readonly method: string; readonly pattern: Pattern };

/** Any method. */
export const ANY_METHOD = "*";

/** Compiles a path rule. @param text as `pathRule` of the schema took it: `METHOD /pattern` or `* /pattern` */
export function compilePathRule(text: string): PathRule {
  const space = text.indexOf(" ");
  return { text, method: text.slice(0, space), pattern: compilePattern(text.slice(space + 1)) };
}

/**
 * Whether a rule is for a method. HEAD is a GET without its body (RFC 9110 §9.3.2), so what allows the one allows both.
 * @param method as on the request line; null where the request asks for another than that one
 */
export const ruleTakes = (rule: PathRule, method: string | null): boolean =>
  rule.method === ANY_METHOD || rule.method === method || (rule.method === "GET" && method === "HEAD");
