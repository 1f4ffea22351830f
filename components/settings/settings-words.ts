import { daysWords } from "#lib/policies/limit-words";
import type { Ceiling } from "#lib/policies/limits";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";

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

/** Ranges and names of networks as somebody types them, one a line or separated by commas; a name may have blanks. */
export const rangesFrom = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** What a form says of a rate, as the API takes it; null where it says nothing. What is no number is null, and refused. */
export function rateFrom(data: FormData, name: string) {
  const [perMinute, burst] = ["perMinute", "burst"].map((key) => String(data.get(`${name}.${key}`) ?? "").trim());
  if (!perMinute && !burst) return null;
  const number = (typed: string | undefined) => (typed ? Number(typed) : null);
  return { perMinute: number(perMinute), burst: number(burst) };
}

/** *600 a minute, 60 at once*; null where nothing is limited. */
export const rateInWords = (rate: RateLimit | null): string | null =>
  rate === null ? null : `${rate.perMinute.toLocaleString("en")} a minute, ${rate.burst.toLocaleString("en")} at once`;
