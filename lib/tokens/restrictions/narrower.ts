import type { RateLimit, Restrictions } from "./restrictions";
import { withinWindow } from "./time-window";

type Widens = (before: Restrictions, after: Restrictions) => boolean;

const sameCondition = (a: Restrictions["headerConditions"][number], b: typeof a): boolean =>
  a.name === b.name && a.value === b.value;

/** Whether one restriction lets more through than it did. Patterns are compared as text: another spelling counts as wider. */
export const LOOSENS: Readonly<Record<keyof Restrictions, Widens>> = {
  headerConditions: ({ headerConditions: before }, { headerConditions: after }) =>
    before.some((condition) => !after.some((each) => sameCondition(each, condition))),
  pathRules: ({ pathRules: before }, { pathRules: after }) =>
    before.length > 0 && (after.length === 0 || after.some((rule) => !before.includes(rule))),
  timeWindow: ({ timeWindow: before }, { timeWindow: after }) =>
    before !== null && (after === null || !withinWindow(after, before)),
  rateLimit: ({ rateLimit: before }, { rateLimit: after }) =>
    before !== null && (after === null || after.perMinute > before.perMinute || after.burst > before.burst),
};

/** Of rules that cannot be read nothing is allowed, yet a rate has to be one. */
const LEAST = 1;

/** The highest rate that a limit of tier or delegation allows; null = no limit. @param most requests a minute */
export const highestRate = (most: number | null): RateLimit | null =>
  most === null ? null : { perMinute: Math.max(LEAST, most), burst: Math.max(LEAST, most) };

/** A rate as far as a limit allows it. @param most requests a minute; null = no limit */
export function loweredRate(rate: RateLimit | null, most: number | null): RateLimit | null {
  const highest = highestRate(most);
  if (highest === null || rate === null) return rate ?? highest;
  return { perMinute: Math.min(rate.perMinute, highest.perMinute), burst: Math.min(rate.burst, highest.burst) };
}
