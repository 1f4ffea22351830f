import { decodeOnce } from "./percent";

/** One segment of a pattern: a name, or how a name begins and ends (`*.jspa`), or `**` for any number of segments. */
type Part = { readonly name: string } | { readonly begins: string; readonly ends: string } | "**";

/** A path pattern, anchored at both ends and compared segment by segment: `*` is one segment, `**` any number. */
export type Pattern = { readonly text: string; readonly parts: readonly Part[]; readonly fold: boolean };

function parsePart(text: string): Part {
  if (text === "**") return "**";
  const plain = decodeOnce(text)?.text ?? text;
  const star = plain.indexOf("*");
  return star < 0 ? { name: plain } : { begins: plain.slice(0, star), ends: plain.slice(star + 1) };
}

/**
 * Compiles a pattern. Escapes in it are decoded, empty segments ignored: it is compared with canonical segments.
 * @param fold compare without regard to case: for what must not be reached, never for what may
 */
export function compilePattern(text: string, fold = false): Pattern {
  const parts = text.split("/").filter((part) => part !== "");
  return { text, fold, parts: parts.map((part) => parsePart(fold ? part.toLowerCase() : part)) };
}

function matchesPart(part: Exclude<Part, "**">, segment: string, fold: boolean): boolean {
  if ("name" in part) {
    // Lengths first: folding case costs, and nearly all segments differ in length already.
    if (part.name.length !== segment.length) return false;
    return part.name === segment || (fold && part.name === segment.toLowerCase());
  }
  if (segment.length < part.begins.length + part.ends.length) return false;
  const name = fold ? segment.toLowerCase() : segment;
  return name.startsWith(part.begins) && name.endsWith(part.ends);
}

/**
 * Whether canonical segments match a pattern, whole segments only.
 * @param from index of the first segment to look at: what is before it is the application's context
 */
export function matches(pattern: Pattern, segments: readonly string[], from = 0): boolean {
  const { parts, fold } = pattern;
  // Where to go on when the rest does not match: the last `**` takes one segment more. Never worse than parts × segments.
  let i = 0;
  let s = from;
  let retryPart = -1;
  let retrySegment = -1;
  while (s < segments.length || i < parts.length) {
    const part = parts[i];
    if (part === "**") {
      if (i === parts.length - 1) return true;
      i += 1;
      retryPart = i;
      retrySegment = s;
      continue;
    }
    const segment = segments[s];
    if (part !== undefined && segment !== undefined && matchesPart(part, segment, fold)) {
      i += 1;
      s += 1;
      continue;
    }
    if (retryPart < 0 || retrySegment >= segments.length) return false;
    retrySegment += 1;
    i = retryPart;
    s = retrySegment;
  }
  return true;
}
