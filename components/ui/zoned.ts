/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function aheadMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return shown - Math.floor(at / 1000) * 1000;
}

/**
 * The last second of a calendar day in a zone, as epoch milliseconds.
 * @param date `YYYY-MM-DD`, as a date field gives it
 * @returns null if there is no such day
 */
export function endOfDay(date: string, zone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const asUtc = Date.UTC(year, month - 1, day, 23, 59, 59);
  if (new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  // the second look is for days on which the clock changes
  const near = asUtc - aheadMs(asUtc, zone);
  return asUtc - aheadMs(near, zone);
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dateIn(at: number, zone: string): string {
  return new Date(at + aheadMs(at, zone)).toISOString().slice(0, 10);
}
