import type { Limits } from "#lib/policies/limits";
import { DAY_MS, type Reader } from "../../ui/time-words";
import { dateIn, endOfDay } from "../../ui/zoned";

/** When the token being made shall end: after days, on a day of the reader's calendar, or never. */
export type Expiry =
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "never" };

type Lifetimes = Pick<Limits, "maxLifetimeDays" | "defaultLifetimeDays">;

const USUAL_DAYS = [7, 30, 90, 365] as const;

/** The plain choices: at most three of the usual ones that are allowed, with the default and the longest among them. */
export function dayChoices({ maxLifetimeDays: max, defaultLifetimeDays: preset }: Lifetimes): readonly number[] {
  const longest = max ?? 365;
  const wanted = new Set([Math.min(preset, longest), longest]);
  const usual = USUAL_DAYS.filter((days) => days <= longest && !wanted.has(days) && days >= Math.min(30, longest));
  for (const days of usual) if (wanted.size < 3) wanted.add(days);
  return [...wanted].sort((a, b) => a - b);
}

export const presetExpiry = ({ maxLifetimeDays: max, defaultLifetimeDays: preset }: Lifetimes): Expiry => ({
  kind: "days",
  days: max === null ? preset : Math.min(preset, max),
});

/**
 * The instant of an expiry, in epoch milliseconds; null = never; undefined = the date is none.
 * A day means until its end, but on the last allowed day no later than the limit, to the second.
 */
export function expiresAt(
  expiry: Expiry,
  { maxLifetimeDays: max }: Lifetimes,
  reader: Reader,
): number | null | undefined {
  if (expiry.kind === "never") return null;
  if (expiry.kind === "days") return reader.now + expiry.days * DAY_MS;
  const end = endOfDay(expiry.date, reader.zone);
  if (end === null) return undefined;
  const latest = max === null ? end : reader.now + max * DAY_MS;
  return end > latest && dateIn(latest, reader.zone) === expiry.date ? latest : end;
}

/** The first and last day that the date field offers. */
export function dateRange(
  { maxLifetimeDays: max }: Lifetimes,
  { now, zone }: Reader,
): { min: string; max: string | undefined } {
  return { min: dateIn(now, zone), max: max === null ? undefined : dateIn(now + max * DAY_MS, zone) };
}

/** *30 days*, *1 year*. */
export const daysWords = (days: number): string => (days === 365 ? "1 year" : days === 1 ? "1 day" : `${days} days`);
