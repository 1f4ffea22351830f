import type { ApplicationKind, FilterRule } from "#lib/applications/application";

const EXPRESSION = /[$#%*]\{/;
const ESCAPE = /%[0-9A-Fa-f]{2}/;
const RAW_DELIMS = /[<>"{}|^`]/;
// Longer than ASCII only where something else than ASCII was decoded.
const BEYOND_ASCII = /[^\x20-\x7e]/;
const DELIMITERS = ["/", "\\", ".", ";", "%"] as const;

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found += 1;
  return found;
}

function hidesDelimiter(decoded: string): boolean {
  if (!BEYOND_ASCII.test(decoded)) return false;
  const plain = decoded.normalize("NFKC");
  return DELIMITERS.some((char) => count(plain, char) > count(decoded, char));
}

/**
 * The signatures of one segment.
 * @param raw as it came
 * @param decoded the whole of it, parameters included, decoded once
 */
export function signaturesOf(raw: string, decoded: string, utf8: boolean): FilterRule[] {
  const found: FilterRule[] = [];
  if (!utf8) found.push("utf8");
  if (raw.includes(";")) found.push("semicolon");
  if (count(decoded, ";") > count(raw, ";")) found.push("enc_semicolon");
  if (decoded.includes("/")) found.push("enc_slash");
  if (decoded.includes("\\")) found.push("backslash");
  if (ESCAPE.test(decoded)) found.push("double_encoding");
  if (opensExpression(decoded)) found.push("expression");
  if (hidesDelimiter(decoded)) found.push("homoglyph");
  if (RAW_DELIMS.test(raw)) found.push("raw_delims");
  return found;
}

/** Whether a segment opens an expression of a template language. */
const opensExpression = (segment: string): boolean => EXPRESSION.test(segment);

const INSIDE = /^(?:web|meta)-inf[. ]*$/i;

/** Whether a segment names the inside of a Java web application, in any case and with what Windows ignores behind it. */
export function isInsideOfWar(segment: string): boolean {
  return segment.length >= 7 && segment.length <= 64 && segment.includes("-") && INSIDE.test(segment);
}

/**
 * The rules that look for what attacks name. They hold in every reading of a path: a rule that is off must not hide from
 * them what it lets pass. The others tell only that a path is in doubt: what it may be read as is judged by itself.
 */
export const NAMES: readonly (readonly [FilterRule, (segment: string) => boolean])[] = [
  ["web_inf", isInsideOfWar],
  ["expression", opensExpression],
];

/** What Bitbucket serves out of repositories: names of files and branches, which may be anything. */
const CONTENT = new Set(["browse", "raw", "files", "src", "diff", "commits", "compare"]);

/**
 * Whether signatures of names do not hold, because the path is about the content of a repository in Bitbucket.
 * Every Java repository has a `WEB-INF`; a semicolon may be in a file's name, but not in an address of git, where
 * what stands behind it tells reading from writing.
 * @param from index of the first segment behind the application's context
 */
export function isExempt(
  signature: FilterRule,
  kind: ApplicationKind,
  segments: readonly string[],
  from: number,
): boolean {
  if (kind !== "bitbucket" || (signature !== "web_inf" && signature !== "enc_semicolon")) return false;
  if (segments[from] === "scm") return signature === "web_inf";
  const repos = segments.indexOf("repos", from);
  return repos >= 0 && CONTENT.has(segments[repos + 2] ?? "");
}
