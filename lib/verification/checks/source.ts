import type { LimitSource } from "#lib/errors/error";
import { type Asked, refusingBound, type Way } from "#lib/tokens/rights/way";

/** A rule's origin in words: *tier Developers*, *the token itself*. */
export function inWords(source: LimitSource): string {
  return source.kind === "token" ? "the token itself" : `${source.kind} ${source.name}`;
}

/** Whose rule refused. Of several ways the first is named: the grant, which a waiver only mends. */
export function refusedBy(ways: readonly Way[], asked: Asked): string | null {
  const [way] = ways;
  const bound = way === undefined ? null : refusingBound(way, asked);
  return bound === null ? null : inWords(bound.source);
}
