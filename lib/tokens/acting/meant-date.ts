import { DAY_MS } from "../status";

const LATEST_DAYS = 3_650;

/**
 * Why a date on which something about tokens changes cannot be meant: it is past, or beyond ten years.
 * @param now epoch milliseconds
 * @returns a sentence; null where it can be meant
 */
export function unmeant(at: number, now: number): string | null {
  if (at <= now) return "This lies in the past: choose a later date.";
  return at > now + LATEST_DAYS * DAY_MS ? "Choose a date within ten years." : null;
}
