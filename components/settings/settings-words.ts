import { daysWords } from "#lib/policies/limit-words";
import type { Ceiling } from "#lib/policies/limits";

/** How many tokens still bear a retired prefix. */
export const tokensInWords = (tokens: number): string =>
  tokens === 0
    ? "borne by no token that has not ended"
    : `borne by ${tokens === 1 ? "1 token" : `${tokens.toLocaleString("en")} tokens`} not ended`;

/** What a ceiling takes away, a line each; empty where it limits nothing. */
export function ceilingInWords(ceiling: Ceiling | null): string[] {
  const {
    maxLifetimeDays,
    maxActive,
    maxRatePerMinute,
    access,
    applications,
    ranges = [],
    requireRanges,
  } = ceiling ?? {};
  const given = (value: number | null | undefined): value is number => value !== null && value !== undefined;
  return [
    ...(given(maxLifetimeDays) ? [`At most ${daysWords(maxLifetimeDays)}`] : []),
    ...(given(maxActive) ? [`At most ${maxActive} active ${maxActive === 1 ? "token" : "tokens"} each`] : []),
    ...(given(maxRatePerMinute)
      ? [`At most ${maxRatePerMinute.toLocaleString("en")} requests a minute for each token`]
      : []),
    ...(access === "read" ? ["Only read"] : []),
    ...(applications === undefined || applications === "all" ? [] : [`Only for ${applications.join(", ")}`]),
    ...(ranges.length === 0 ? [] : [`Only from ${ranges.join(", ")}`]),
    ...(requireRanges ? ["Each token names its own addresses"] : []),
  ];
}
