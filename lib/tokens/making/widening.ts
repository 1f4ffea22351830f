import type { FieldError, LimitSource } from "#lib/errors/error";
import type { Network } from "#lib/networks/network";
import { compileRanges, coversRanges } from "#lib/networks/range-set";
import { sourceWords } from "#lib/policies/limit-words";
import { LOOSENS } from "../restrictions/narrower";
import type { Restrictions } from "../restrictions/restrictions";
import { reaches } from "../rights/applications";
import type { Wish } from "./wish";

/** How far something reaches, and until when. */
export type Reach = Pick<Wish, "applications" | "access" | "ipRanges" | "expiresAt" | "narrowing">;

function rangesWiden(before: Reach, after: Reach, networks: ReadonlyMap<string, Network>): boolean {
  if (before.ipRanges.length === 0) return false;
  if (after.ipRanges.length === 0) return true;
  return !coversRanges(compileRanges(before.ipRanges, networks), compileRanges(after.ipRanges, networks));
}

/** The field in which something is wider. */
export type WideningPath = Exclude<keyof Reach, "narrowing"> | keyof Restrictions;

const loosens = (path: keyof Restrictions) => (before: Reach, after: Reach) =>
  LOOSENS[path](before.narrowing, after.narrowing);

const WIDER: readonly {
  path: WideningPath;
  sentence: string;
  widens: (before: Reach, after: Reach, networks: ReadonlyMap<string, Network>) => boolean;
}[] = [
  {
    path: "applications",
    sentence: "This reaches more applications than before",
    widens: ({ applications: before }, { applications: after }) =>
      after === "all" ? before !== "all" : after.some((key) => !reaches(before, key)),
  },
  {
    path: "access",
    sentence: "Only reading is allowed",
    widens: (before, after) => before.access === "read" && after.access === "write",
  },
  { path: "ipRanges", sentence: "This lets more addresses in than before", widens: rangesWiden },
  {
    path: "expiresAt",
    sentence: "This ends later than before",
    widens: ({ expiresAt: before }, { expiresAt: after }) => before !== null && (after === null || after > before),
  },
  {
    path: "headerConditions",
    sentence: "This drops a header that requests had to carry",
    widens: loosens("headerConditions"),
  },
  { path: "pathRules", sentence: "This allows paths that it did not name before", widens: loosens("pathRules") },
  { path: "timeWindow", sentence: "This lets it work at more times than before", widens: loosens("timeWindow") },
  { path: "rateLimit", sentence: "This allows more requests than before", widens: loosens("rateLimit") },
];

/**
 * In what a reach is wider than another: a holder may narrow an issued token but never widen it, and what a token
 * makes is no wider than itself.
 * @param source whose the narrower one is
 */
export function widenings(
  before: Reach,
  after: Reach,
  networks: ReadonlyMap<string, Network>,
  source: LimitSource,
): FieldError[] {
  return WIDER.filter(({ widens }) => widens(before, after, networks)).map(({ path, sentence }) => ({
    path,
    message: `${sentence}: ${sourceWords(source)}.`,
    source,
  }));
}
