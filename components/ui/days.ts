import { DAY_MS, type Reader } from "./time-words";
import { wallAt } from "./zoned";

/** A calendar day of the reader and what was counted on it. */
export type Day<Kind extends string> = { readonly day: number; readonly at: number } & Readonly<Record<Kind, number>>;

const dateIn = (at: number, zone: string): string => {
  const { year, month, day } = wallAt(at, zone);
  return `${year}-${month}-${day}`;
};

/**
 * Sums counts by the reader's calendar day.
 * @param count how many days, from `first` on (0 today, -13 thirteen days ago)
 * @param of what each entry adds to
 */
export function daysOf<Kind extends string, Entry extends { readonly at: number }>(
  entries: readonly Entry[],
  { now, zone }: Reader,
  span: { readonly first: number; readonly count: number },
  of: Readonly<Record<Kind, (entry: Entry) => number>>,
): Day<Kind>[] {
  const kinds = Object.keys(of) as Kind[];
  const sums = new Map<string, Record<string, number>>();
  for (const entry of entries) {
    const date = dateIn(entry.at, zone);
    const sum = sums.get(date) ?? {};
    for (const kind of kinds) sum[kind] = (sum[kind] ?? 0) + of[kind](entry);
    sums.set(date, sum);
  }
  return Array.from({ length: span.count }, (_, index) => {
    const at = noonOf(now, zone) + (span.first + index) * DAY_MS;
    const sum = sums.get(dateIn(at, zone)) ?? {};
    const values = Object.fromEntries(kinds.map((kind) => [kind, sum[kind] ?? 0]));
    return { day: wallAt(at, zone).day, at, ...values } as Day<Kind>;
  });
}

/** Near the middle of the reader's day: a day more or less from there is another date, whatever the clocks do. */
function noonOf(now: number, zone: string): number {
  return now + (12 - wallAt(now, zone).hour) * 3_600_000;
}

/** The end of a scale: one, two or five times a power of ten. */
export function scaleEnd(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}

/** *131,406*; on an axis *100k*. */
export const grouped = (count: number): string => count.toLocaleString("en-GB");
export const rounded = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000}m` : count >= 1000 ? `${count / 1000}k` : `${count}`;
