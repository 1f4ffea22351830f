import type { ChainState } from "#lib/audit/queries-chain";

const number = (seq: string): string => Number(seq).toLocaleString("en");

/** What was looked at just now, and that it fits. */
export function intactWords({ from, through }: Pick<ChainState, "from" | "through">): string {
  if (through === "0") return "Nothing is in the log yet.";
  const count = BigInt(through) - BigInt(from) + 1n;
  return from === "1"
    ? `All ${number(through)} events are as they were written: checked just now.`
    : `The last ${number(count.toString())} events, up to ${number(through)}, are as they were written: checked just now.`;
}

/** Where it is broken, and why. */
export const brokenWords = ({ seq, why }: NonNullable<ChainState["firstBad"]>): string =>
  `The log is broken at event ${number(seq)}: ${why}.`;

/**
 * What is known of the events before the last ones, as far as somebody checked them; null where all were looked at.
 * @param when in words: `3 h ago`
 */
export function notedWords({ from, noted }: Pick<ChainState, "from" | "noted">, when: (at: string) => string) {
  if (noted !== null && noted.broken !== null) {
    return `A check ${when(noted.at)} by ${noted.by} found it broken at event ${number(noted.broken)}.`;
  }
  if (from === "1") return null;
  if (noted === null) return "Nobody has noted a check of all of it.";
  return `All of it was checked ${when(noted.at)} by ${noted.by}, up to event ${number(noted.through)}: intact.`;
}
