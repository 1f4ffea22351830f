import type { LimitSource } from "#lib/errors/error";

/** Whose rule it is, as a sentence ends: *At most 90 days: tier Developers.* */
export function sourceWords({ kind, name }: LimitSource): string {
  switch (kind) {
    case "tier":
      return `tier ${name}`;
    case "delegation":
      return `delegation ${name}`;
    case "ceiling":
      return `the ceiling of tier ${name}`;
    case "installation":
      return "the ceiling of the whole installation";
    case "token":
      return `token ${name}`;
  }
}

/** *1 day*, *90 days*. */
export const daysWords = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

/** An instant that everybody reads alike: *20 Feb 2027, 12:00 UTC*. */
export function instantWords(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(" ");
  return `${Number(day)} ${month} ${year}, ${time?.slice(0, 5)} UTC`;
}
