import type { FieldError, LimitSource } from "#lib/errors/error";
import type { Network } from "#lib/networks/network";
import { compileRanges, coversRanges } from "#lib/networks/range-set";
import { sourceWords } from "#lib/policies/limit-words";
import { reaches } from "../rights/applications";
import type { Wish } from "./wish";

/** How far something reaches, and until when. */
export type Reach = Pick<Wish, "applications" | "access" | "ipRanges" | "expiresAt">;

function rangesWiden(before: Reach, after: Reach, networks: ReadonlyMap<string, Network>): boolean {
  if (before.ipRanges.length === 0) return false;
  if (after.ipRanges.length === 0) return true;
  return !coversRanges(compileRanges(before.ipRanges, networks), compileRanges(after.ipRanges, networks));
}

const WIDER: readonly {
  path: keyof Reach;
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
