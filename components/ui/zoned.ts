/** What a clock and a calendar on the wall show. `month` counts from 1, `weekday` from Sunday = 0. */
export type Wall = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/** Making one costs far more than using it; there are no more than there are zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numbers = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  } as const;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...numbers });
  formats.set(zone, made);
  return made;
}

/** What the wall shows at an instant (epoch milliseconds) in a zone. Numbers only: words differ between browsers. */
export function wallAt(at: number, zone: string): Wall {
  const parts = formatFor(zone).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [read("year"), read("month"), read("day")];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, weekday, hour: read("hour"), minute: read("minute"), second: read("second") };
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function aheadMs(at: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallAt(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** When a zone's wall shows what UTC's shows at this instant. */
function instantOf(asUtc: number, zone: string): number {
  // the second look is for days on which the clock changes
  const near = asUtc - aheadMs(asUtc, zone);
  return asUtc - aheadMs(near, zone);
}

/**
 * The last second of a calendar day in a zone, as epoch milliseconds.
 * @param date `YYYY-MM-DD`, as a date field gives it
 * @returns null if there is no such day
 */
export function endOfDay(date: string, zone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  const asUtc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 23, 59, 59);
  return new Date(asUtc).toISOString().slice(0, 10) === date ? instantOf(asUtc, zone) : null;
}

/**
 * When the wall shows a time, as epoch milliseconds; where the clock jumps over it, the hour beside.
 * @param time `YYYY-MM-DDTHH:MM`, as a field of date and time gives it
 * @returns null if there is no such time
 */
export function timeIn(time: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(time)) return null;
  const asUtc = Date.parse(`${time}:00Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== time) return null;
  return instantOf(asUtc, zone);
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dateIn(at: number, zone: string): string {
  return new Date(at + aheadMs(at, zone)).toISOString().slice(0, 10);
}
