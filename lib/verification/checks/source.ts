import type { LimitSource } from "#lib/errors/error";
import { type Asked, refusingAbove, refusingBound, type Way } from "#lib/tokens/rights/way";
import { THE_TOKEN } from "../remedy-by-rule";

/** A rule's origin in words: *tier Developers*, *the token itself*. */
export function inWords(source: LimitSource): string {
  if (source.kind === "token") return THE_TOKEN;
  return source.kind === "installation" ? "the installation's ceiling" : `${source.kind} ${source.name}`;
}

/**
 * Whose rule refused: the first, and where that is the token itself also the one above it under which any other token
 * would be refused alike. Of several ways the first is meant: the grant, which a waiver only mends.
 */
export function refusedBy(ways: readonly Way[], asked: Asked): string | null {
  const [way] = ways;
  const bound = way === undefined ? null : refusingBound(way, asked);
  if (way === undefined || bound === null) return null;
  const above = bound.source.kind === "token" ? refusingAbove(way, asked) : null;
  return [bound, ...(above === null ? [] : [above])].map(({ source }) => inWords(source)).join(" and ");
}
