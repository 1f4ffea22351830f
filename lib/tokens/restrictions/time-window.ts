import { LRUCache } from "lru-cache";
import { isSameZone } from "#lib/zone";
import { DAYS, type Day, type TimeWindow } from "./restrictions";

const MINUTE_MS = 60_000;

/** A day of the week (0 = Monday) and the minutes since its local midnight. */
type LocalTime = { readonly day: number; readonly minute: number };

/** More than there are zones. What is asked for least is forgotten: a zone can be written in very many ways. */
const MOST_ZONES = 700;
const clocks = new LRUCache<string, Intl.DateTimeFormat>({ max: MOST_ZONES });
/** The last minute that was asked for, by zone: within it the answer stays. */
const lately = new LRUCache<string, { readonly at: number; readonly local: LocalTime }>({ max: MOST_ZONES });

/** @throws RangeError for a zone that does not exist */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  clocks.set(zone, made);
  return made;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function localTime(zone: string, now: number): LocalTime {
  const at = Math.floor(now / MINUTE_MS);
  const known = lately.get(zone);
  if (known?.at === at) return known.local;
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at * MINUTE_MS)
      .map(({ type, value }) => [type, value]),
  );
  const name = (parts.get("weekday") ?? "").toLowerCase();
  const day = DAYS.indexOf(name as Day);
  if (day < 0) throw new Error(`no day of the week: ${name}`);
  const local = { day, minute: minutesOf(`${parts.get("hour")}:${parts.get("minute")}`) };
  lately.set(zone, { at, local });
  return local;
}

/**
 * Whether a token with this window works now.
 * @param now epoch milliseconds
 * @throws RangeError for a zone that does not exist here
 */
export function inWindow({ zone, days, from, to }: TimeWindow, now: number): boolean {
  const { day, minute } = localTime(zone, now);
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const on = (index: number) => days.some((name) => DAYS.indexOf(name) === index);
  if (begins < ends) return on(day) && minute >= begins && minute < ends;
  return (on(day) && minute >= begins) || (on((day + 6) % 7) && minute < ends);
}

/** The minutes of a week (0 = Monday, 00:00) in which a window is open, as stretches from (inclusive) to (exclusive). */
function stretches({ days, from, to }: TimeWindow): readonly (readonly [number, number])[] {
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const length = begins < ends ? ends - begins : ends - begins + 24 * 60;
  return days.map((day) => {
    const start = DAYS.indexOf(day) * 24 * 60 + begins;
    return [start, start + length];
  });
}

const WEEK = 7 * 24 * 60;

/** Whether a window is nowhere open where another is closed. Of two zones nobody knows: their clocks are changed apart. */
export function withinWindow(inner: TimeWindow, outer: TimeWindow): boolean {
  if (!isSameZone(inner.zone, outer.zone)) return false;
  const open = new Uint8Array(WEEK);
  for (const [start, end] of stretches(outer)) for (let at = start; at < end; at += 1) open[at % WEEK] = 1;
  return stretches(inner).every(([start, end]) => {
    for (let at = start; at < end; at += 1) if (open[at % WEEK] === 0) return false;
    return true;
  });
}
