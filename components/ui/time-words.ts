import { zoneNamed } from "#lib/zone";
import { type Wall, wallAt } from "./zoned";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** In whose clock and as of when words about time are said. `now` in epoch milliseconds, `zone` an IANA name. */
export type Reader = { readonly now: number; readonly zone: string };

/** The zone if the runtime knows it, else UTC: the name comes from a cookie, so it can be anything. */
export function knownZone(zone: string | undefined): string {
  if (!zone || zone.length > 64) return "UTC";
  return zoneNamed(zone) ?? "UTC";
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const month = (wall: Wall): string => MONTHS[wall.month - 1] ?? "";
const weekday = (wall: Wall): string => WEEKDAYS[wall.weekday] ?? "";
const two = (number: number): string => String(number).padStart(2, "0");

/** Days since the epoch of the reader's calendar day, so that *tomorrow* turns at their midnight. */
function dayNumber(at: number, zone: string): number {
  const wall = wallAt(at, zone);
  return Math.round(Date.UTC(wall.year, wall.month - 1, wall.day) / DAY_MS);
}

/** *18 Feb*, with its year when that is not obvious (more than half a year away). */
export function dayOf(at: number, reader: Reader): string {
  const far = Math.abs(at - reader.now) > 183 * DAY_MS;
  const wall = wallAt(at, reader.zone);
  return far ? dayAndYearOf(at, reader) : `${wall.day} ${month(wall).slice(0, 3)}`;
}

/** *18 Feb 2027*. */
export function dayAndYearOf(at: number, { zone }: Reader): string {
  const wall = wallAt(at, zone);
  return `${wall.day} ${month(wall).slice(0, 3)} ${wall.year}`;
}

/** *Thursday, 18 February 2027*. */
export function longDayOf(at: number, { zone }: Reader): string {
  const wall = wallAt(at, zone);
  return `${weekday(wall)}, ${wall.day} ${month(wall)} ${wall.year}`;
}

/** *14:03:10*. */
export function clockOf(at: number, { zone }: Reader): string {
  const { hour, minute, second } = wallAt(at, zone);
  return [hour, minute, second].map(two).join(":");
}

/** *Thursday, 18 February 2027, 14:03:10 (Europe/Berlin)*: what hovering shows. */
export const exactly = (at: number, reader: Reader): string =>
  `${longDayOf(at, reader)}, ${clockOf(at, reader)} (${reader.zone})`;

/** Something past, as people say it: *just now, 41 min ago, 2 h ago, yesterday, 4 days ago, 3 Mar*. */
export function ago(at: number, reader: Reader): string {
  const passed = reader.now - at;
  if (passed < MINUTE_MS) return "just now";
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ago`;
  const days = dayNumber(reader.now, reader.zone) - dayNumber(at, reader.zone);
  if (days === 0 || passed < 12 * HOUR_MS) return `${Math.floor(passed / HOUR_MS)} h ago`;
  if (days === 1) return "yesterday";
  return days <= 30 ? `${days} days ago` : dayOf(at, reader);
}

/** How long until then: *in 40 min, in 5 h, tomorrow, in 6 days*. */
export function until(at: number, reader: Reader): string {
  const left = at - reader.now;
  if (left <= 0) return "over";
  if (left < HOUR_MS) return `in ${Math.max(1, Math.floor(left / MINUTE_MS))} min`;
  const days = dayNumber(at, reader.zone) - dayNumber(reader.now, reader.zone);
  if (days === 0 || left < 12 * HOUR_MS) return `in ${Math.floor(left / HOUR_MS)} h`;
  return days === 1 ? "tomorrow" : `in ${days} days`;
}

/** When it ends, as the end of a sentence: *today at 17:30, tomorrow, on Thursday, on 18 Feb*. */
export function onDay(at: number, reader: Reader): string {
  const days = dayNumber(at, reader.zone) - dayNumber(reader.now, reader.zone);
  if (days === 0) return `today at ${clockOf(at, reader).slice(0, 5)}`;
  if (days === 1) return "tomorrow";
  if (days > 1 && days < 7) return `on ${weekday(wallAt(at, reader.zone))}`;
  return `on ${dayOf(at, reader)}`;
}
