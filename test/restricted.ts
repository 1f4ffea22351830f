import { compileRestrictions } from "#lib/tokens/restrictions/restricted";
import { type RateLimit, type Restrictions, UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import type { Token } from "#lib/tokens/token";
import { type Bucket, Rates } from "#lib/verification/rates";
import { NOON } from "./rules";

/** Facts of a token that is restricted so, as a verifier has them. */
export function restrictedTo(some: Partial<Restrictions>): Pick<Token, "restrictions" | "restricted"> {
  const all = { ...UNRESTRICTED, ...some };
  const restrictions = [
    ...(all.headerConditions.length > 0 ? ["header_conditions"] : []),
    ...(all.pathRules.length > 0 ? ["path_rules"] : []),
    ...(all.timeWindow === null ? [] : ["time_window"]),
    ...(all.rateLimit === null ? [] : ["rate_limit"]),
  ];
  return { restrictions, restricted: compileRestrictions(all) };
}

/** Restrictions of two tokens on one. */
export function restrictedLike(
  a: Token["restricted"],
  b: Token["restricted"],
): Pick<Token, "restrictions" | "restricted"> {
  return restrictedTo({
    headerConditions: [...a.headerConditions, ...b.headerConditions],
    pathRules: [...a.pathRules, ...b.pathRules],
    timeWindow: a.timeWindow ?? b.timeWindow,
    rateLimit: a.rateLimit ?? b.rateLimit,
  });
}

/** Rates in which nothing is left for a token, at noon. */
export function usedUp(tokenId: string, limit: RateLimit, bucket: Bucket = "allowed"): Rates {
  const rates = new Rates();
  for (let i = 0; i < limit.burst; i += 1) rates.take(bucket, tokenId, limit, NOON);
  return rates;
}

/** Rates in which 192.0.2.7 has failed so often that no more is borne, at noon. */
export function failing(limit: RateLimit): Rates {
  const rates = new Rates();
  for (let i = 0; i < limit.burst; i += 1) rates.fail({ family: 4, value: 0xc0000207 }, limit, NOON);
  return rates;
}
