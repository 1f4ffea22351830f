import type { Application, ApplicationKind } from "#lib/applications/application";
import type { Access } from "#lib/policies/limits";
import { overridesMethod, SAFE } from "./overrides";
import { decodeForm, type Parameter } from "./parameters";
import { compilePattern, matches, type Pattern } from "./pattern";
import { BITBUCKET } from "./reads/bitbucket";
import { CONFLUENCE } from "./reads/confluence";
import { GENERIC } from "./reads/generic";
import { JIRA } from "./reads/jira";
import type { KindPaths } from "./reads/kind";
import { READ_PACKS } from "./reads/packs";
import type { HeaderLines } from "./request";
import type { Closed } from "./rule";

/** What each kind of application opens to tokens, and which of its POSTs only read. */
export const KINDS: Readonly<Record<ApplicationKind, KindPaths>> = {
  jira: JIRA,
  confluence: CONFLUENCE,
  bitbucket: BITBUCKET,
  generic: GENERIC,
};

/** `METHOD /pattern`, ready for matching. */
type MethodPattern = { readonly method: string; readonly pattern: Pattern };

/** The paths of one application, ready for matching. */
export type Paths = {
  readonly listed: readonly Pattern[];
  readonly reached: readonly Pattern[];
  readonly never: readonly { readonly why: string; readonly pattern: Pattern }[];
  readonly unlessListed: readonly Pattern[];
  /** What the read packs call reads: whatever the kind calls it. */
  readonly packReads: readonly MethodPattern[];
  readonly reads: readonly MethodPattern[];
  readonly writes: readonly Pattern[];
};

function methodPattern(text: string): MethodPattern {
  const [method = "", path = ""] = text.split(" ");
  return { method, pattern: compilePattern(path) };
}

/** Compiles the lists of an application's kind, of its read packs, and what its administrator adds (`paths`). */
export function compilePaths({ kind, paths, readPacks }: Pick<Application, "kind" | "paths" | "readPacks">): Paths {
  const data = KINDS[kind];
  const packs = readPacks.map((name) => READ_PACKS[name]);
  const closed = (text: string) => compilePattern(text, true);
  return {
    listed: [...paths, ...packs.flatMap(({ reached }) => reached)].map((text) => compilePattern(text)),
    reached: data.reached.map((text) => compilePattern(text)),
    never: Object.entries(data.never).flatMap(([why, texts]) => texts.map((text) => ({ why, pattern: closed(text) }))),
    unlessListed: data.unlessListed.map(closed),
    packReads: packs.flatMap(({ reads }) => reads.map(methodPattern)),
    reads: data.reads.map(methodPattern),
    writes: data.writes.map(closed),
  };
}

function some(patterns: readonly Pattern[], segments: readonly string[], from: number): Pattern | null {
  for (const pattern of patterns) if (matches(pattern, segments, from)) return pattern;
  return null;
}

/**
 * Whether tokens reach a path.
 * @returns null if they do, else what keeps them out
 */
export function keptOut(paths: Paths, segments: readonly string[], from: number): Closed | null {
  for (const { why, pattern } of paths.never) if (matches(pattern, segments, from)) return { kind: "never", why };
  if (some(paths.listed, segments, from) !== null) return null;
  const closed = some(paths.unlessListed, segments, from);
  if (closed !== null) return { kind: "unless_listed", pattern: closed.text };
  return some(paths.reached, segments, from) === null ? { kind: "not_listed" } : null;
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

/** Whether git is about to push: it asks for refs before, and refusing that GET gives git a clean 403 at once. */
export function announcesPush({ segments, parameters }: Operation): boolean {
  if (segments.at(-1) !== "refs" || segments.at(-2) !== "info") return false;
  return parameters.some(({ name, raw }) => name === "service" && decodeForm(raw) !== "git-upload-pack");
}

function isListed(reads: readonly MethodPattern[], { method, segments, from }: Operation): boolean {
  for (const read of reads) if (read.method === method && matches(read.pattern, segments, from)) return true;
  return false;
}

/**
 * Whether a request reads or writes. A read is GET, HEAD, OPTIONS, or on a list of requests that only read, the kind's
 * or a read pack's; everything else, unknown methods too, is a write.
 */
export function accessOfOperation(paths: Paths, operation: Operation): Access {
  const { method, segments, from } = operation;
  if (overridesMethod(operation)) return "write";
  if (paths.packReads.length > 0 && isListed(paths.packReads, operation)) return "read";
  if (SAFE.has(method)) {
    const writes = some(paths.writes, segments, from) !== null || announcesPush(operation);
    return writes ? "write" : "read";
  }
  return isListed(paths.reads, operation) ? "read" : "write";
}
