import { type Asked, refusingAbove, refusingBound, type Way } from "#lib/tokens/rights/way";
import type { LimitsRule } from "../rule";

/**
 * Whose rule refused: the first, and where that is the token itself also the one above it under which any other token
 * would be refused alike. Of several ways the first is meant: the grant, which a waiver only mends.
 */
export function refusedBy(ways: readonly Way[], asked: Asked): LimitsRule | null {
  const [way] = ways;
  const bound = way === undefined ? null : refusingBound(way, asked);
  if (way === undefined || bound === null) return null;
  const above = bound.source.kind === "token" ? refusingAbove(way, asked) : null;
  return { kind: "limits", of: [bound.source, ...(above === null ? [] : [above.source])], override: null };
}
