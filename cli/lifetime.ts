import { Misuse } from "./misuse";

const DAY_MS = 86_400_000;

/**
 * When a token ends: `30d`, a date or time in ISO 8601, `never`.
 * @param now epoch milliseconds
 * @returns ISO 8601, null for never, undefined where nothing was said: the default lifetime
 */
export function endOf(text: string | undefined, now: number): string | null | undefined {
  if (text === undefined) return undefined;
  if (text === "never") return null;
  const days = /^([1-9]\d{0,3})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(now + Number(days) * DAY_MS).toISOString();
  const dated = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const at = dated ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new Misuse(
      `--expires takes 30d, a date like 2027-02-18 (UTC) or 2027-02-18T12:00:00Z, or never; not “${text}”.`,
    );
  }
  return new Date(at).toISOString();
}
