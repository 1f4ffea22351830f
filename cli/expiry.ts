import { ok, refuse } from "#lib/errors/error";
import type { Reader } from "./option";

const DAY_MS = 86_400_000;
const DAYS = /^(\d{1,6})d$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?$/;

/** When a token ends, as it was typed. @param now epoch milliseconds, from which days count @returns ISO 8601; null: never */
export type Expiry = (now: number) => string | null;

/** `30d`; an instant of ISO 8601, or a date, which begins at midnight UTC; `never`. */
export const expiry: Reader<Expiry> = (text) => {
  if (text === "never") return ok(() => null);
  const days = DAYS.exec(text)?.[1];
  if (days !== undefined) return ok((now) => new Date(now + Number(days) * DAY_MS).toISOString());
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at)
    ? refuse("malformed", `“${text}” is no end: write 30d, an instant like 2027-02-18T12:00:00Z, or never.`)
    : ok(() => new Date(at).toISOString());
};
