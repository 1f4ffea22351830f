import { ok, refuse } from "#lib/errors/error";
import type { Reader } from "./option";

const DAY_MS = 86_400_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[0-9:.]+(Z|[+-]\d{2}:?\d{2})$/;

/** When a token ends, as it is typed: null is never, and days count from the moment of making it (epoch ms). */
export type Expiry = (now: number) => string | null;

/** `30d`, an instant of ISO 8601, or `never`. */
export const expiry: Reader<Expiry> = (text) => {
  if (text === "never") return ok(() => null);
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  if (days !== undefined) return ok((now) => new Date(now + Number(days) * DAY_MS).toISOString());
  return INSTANT.test(text)
    ? ok(() => text)
    : refuse("malformed", `“${text}” is no end: write 30d, an instant like 2027-02-18T12:00:00Z, or never.`);
};
