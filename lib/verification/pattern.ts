import { decodeOnce } from "./percent";

/** One segment of a pattern: a name, or how a name begins and ends (`*.jspa`), or `**` for any number of segments. */
type Part = { readonly name: string } | { readonly begins: string; readonly ends: string } | "**";

/** A path pattern, anchored at both ends and compared segment by segment: `*` is one segment, `**` any number. */
export type Pattern = {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly fold: boolean;
  /** Index of the last `**`: what is behind it can only match the end of a path. */
  readonly lastAny: number;
};

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
  const names = text.split("/").filter((part) => part !== "");
  const parts = names.map((part) => parsePart(fold ? part.toLowerCase() : part));
  return { text, fold, parts, lastAny: parts.lastIndexOf("**") };
}

function matchesPart(part: Exclude<Part, "**">, segment: string, fold: boolean): boolean {
  if ("name" in part) {
    // Lengths first: folding case costs, and nearly all segments differ in length already.
    if (part.name.length !== segment.length) return false;
    return part.name === segment || (fold && part.name === segment.toLowerCase());
  }
  const { begins, ends } = part;
  if (segment.length < begins.length + ends.length) return false;
  const head = segment.slice(0, begins.length);
  const tail = segment.slice(segment.length - ends.length);
  return fold ? head.toLowerCase() === begins && tail.toLowerCase() === ends : head === begins && tail === ends;
}

/**
 * Whether canonical segments match a pattern, whole segments only.
 * @param from index of the first segment to look at: what is before it is the application's context
 */
export function matches(pattern: Pattern, segments: readonly string[], from = 0): boolean {
  const { parts, fold, lastAny } = pattern;
  // Where to go on when the rest does not match: the latest `**` takes one segment more. Never worse than parts × segments.
  let i = 0;
  let s = from;
  let retryPart = -1;
  let retrySegment = -1;
  while (s < segments.length || i < parts.length) {
    const part = parts[i];
    if (part === "**") {
      i += 1;
      if (i <= lastAny) {
        retryPart = i;
        retrySegment = s;
      } else {
        const end = segments.length - (parts.length - i);
        if (end < s) return false;
        retryPart = -1;
        s = end;
      }
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
