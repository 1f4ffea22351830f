import type { Application, ApplicationKind } from "#lib/applications/application";
import type { Access } from "#lib/policies/limits";
import { decodeForm, type Parameter } from "./parameters";
import { compilePattern, matches, type Pattern } from "./pattern";
import { BITBUCKET } from "./reads/bitbucket";
import { CONFLUENCE } from "./reads/confluence";
import { GENERIC } from "./reads/generic";
import { JIRA } from "./reads/jira";
import type { KindPaths } from "./reads/kind";
import { type HeaderLines, valuesOf } from "./request";

/** What each kind of application opens to tokens, and which of its POSTs only read. */
export const KINDS: Readonly<Record<ApplicationKind, KindPaths>> = {
  jira: JIRA,
  confluence: CONFLUENCE,
  bitbucket: BITBUCKET,
  generic: GENERIC,
};

/** The paths of one application, ready for matching. */
export type Paths = {
  readonly listed: readonly Pattern[];
  readonly reached: readonly Pattern[];
  readonly never: readonly { readonly why: string; readonly pattern: Pattern }[];
  readonly unlessListed: readonly Pattern[];
  readonly reads: readonly { readonly method: string; readonly pattern: Pattern }[];
  readonly writes: readonly Pattern[];
};

/** Compiles the lists of an application's kind and what its administrator adds (`paths`). */
export function compilePaths({ kind, paths }: Pick<Application, "kind" | "paths">): Paths {
  const data = KINDS[kind];
  const closed = (text: string) => compilePattern(text, true);
  return {
    listed: paths.map((text) => compilePattern(text)),
    reached: data.reached.map((text) => compilePattern(text)),
    never: Object.entries(data.never).flatMap(([why, texts]) => texts.map((text) => ({ why, pattern: closed(text) }))),
    unlessListed: data.unlessListed.map(closed),
    reads: data.reads.map((text) => {
      const [method = "", path = ""] = text.split(" ");
      return { method, pattern: compilePattern(path) };
    }),
    writes: data.writes.map(closed),
  };
}

function some(patterns: readonly Pattern[], segments: readonly string[], from: number): Pattern | null {
  for (const pattern of patterns) if (matches(pattern, segments, from)) return pattern;
  return null;
}

/**
 * Whether tokens reach a path.
 * @returns null if they do, else the rule that keeps them out
 */
export function keptOut(paths: Paths, segments: readonly string[], from: number): string | null {
  for (const { why, pattern } of paths.never) if (matches(pattern, segments, from)) return `never: ${why}`;
  if (some(paths.listed, segments, from) !== null) return null;
  const closed = some(paths.unlessListed, segments, from);
  if (closed !== null) return `unless_listed: ${closed.text}`;
  return some(paths.reached, segments, from) === null ? "not_listed" : null;
}

/** What is asked of an application, as far as reading or writing goes. */
export type Operation = {
  readonly method: string;
  readonly segments: readonly string[];
  /** Index of the first segment behind the context. */
  readonly from: number;
  readonly parameters: readonly Parameter[];
  readonly headers: HeaderLines;
};

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const OVERRIDE_HEADERS = ["x-http-method-override", "x-http-method", "x-method-override"] as const;
const OVERRIDE_PARAMETERS = new Set(["_method", "x-http-method-override", "$method"]);

/** Whether something asks the upstream to take another method than the one on the request line. */
export function overrides({ method, headers, parameters }: Operation): boolean {
  const harmless = (value: string) => SAFE.has(method) && value === method;
  for (const name of OVERRIDE_HEADERS) {
    for (const value of valuesOf(headers, name)) if (!harmless(value)) return true;
  }
  for (const { name, raw } of parameters) {
    if (OVERRIDE_PARAMETERS.has(name) && !harmless(decodeForm(raw))) return true;
  }
  return false;
}

/** git asks for refs before it pushes: refusing that GET gives git a clean 403 at once. */
function announcesPush({ segments, parameters }: Operation): boolean {
  if (segments.at(-1) !== "refs" || segments.at(-2) !== "info") return false;
  return parameters.some(({ name, raw }) => name === "service" && decodeForm(raw) !== "git-upload-pack");
}

/**
 * Whether a request reads or writes. A read is GET, HEAD, OPTIONS, or on the kind's list of requests that only read;
 * everything else, unknown methods too, is a write.
 */
export function accessOfOperation(paths: Paths, operation: Operation): Access {
  const { method, segments, from } = operation;
  if (overrides(operation)) return "write";
  if (SAFE.has(method)) {
    const writes = some(paths.writes, segments, from) !== null || announcesPush(operation);
    return writes ? "write" : "read";
  }
  for (const read of paths.reads) {
    if (read.method === method && matches(read.pattern, segments, from)) return "read";
  }
  return "write";
}
