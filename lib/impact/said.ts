import type { LimitSource } from "#lib/errors/error";
import type { Allowance } from "#lib/policies/allowance";
import { daysWords } from "#lib/policies/limit-words";
import type { Limits } from "#lib/policies/limits";

/** One thing that the rules say, and whose rule it is. */
export type Said = { readonly field: string; readonly sentence: string; readonly source: LimitSource | null };

const activeWords = (most: number | null): string =>
  most === null ? "Any number of tokens" : `At most ${most} active ${most === 1 ? "token" : "tokens"}`;

function applicationWords(applications: Limits["applications"]): string {
  if (applications === "all") return "Every application";
  return applications.length === 0 ? "No application" : `Only ${applications.join(", ")}`;
}

const APPROVAL = { never: "No approval", always: "Approval always", when: "Approval in some cases" } as const;

/** What rules require of each token, as far as they do. */
function required({ limits, sources }: Allowance): Said[] {
  const { maxRatePerMinute, requireRanges, requirePurpose, requireContact, approval } = limits;
  const all = [
    ["maxRatePerMinute", maxRatePerMinute !== null, `At most ${maxRatePerMinute} requests a minute`],
    ["requireRanges", requireRanges, "Each token names its own addresses"],
    ["requirePurpose", requirePurpose, "Each token says what uses it"],
    ["requireContact", requireContact, "Each token names whom to call"],
    ["approval", approval !== "never", APPROVAL[typeof approval === "string" ? approval : "when"]],
  ] as const;
  return all.flatMap(([field, holds, sentence]) => (holds ? [{ field, sentence, source: sources[field] }] : []));
}

/**
 * What the rules set under which something is made or used: each value in words, and whose it is after the ceilings.
 * @param live only what is judged at every request: access, applications, addresses
 */
export function rulesOf(allowance: Allowance, live: boolean): Said[] {
  const { limits, sources, rangeLimits } = allowance;
  const { maxLifetimeDays: days, access, applications, maxActive } = limits;
  const made: Said[] = [
    {
      field: "maxLifetimeDays",
      sentence: days === null ? "May live without an end" : `At most ${daysWords(days)}`,
      source: sources.maxLifetimeDays,
    },
    { field: "maxActive", sentence: activeWords(maxActive), source: sources.maxActive },
    ...required(allowance),
  ];
  const ranges = rangeLimits.map(({ ranges, source }) => ({
    ...{ field: "ranges", sentence: `Only from ${ranges.join(", ")}`, source },
  }));
  return [
    { field: "access", sentence: access === "write" ? "Read and write" : "Only read", source: sources.access },
    { field: "applications", sentence: applicationWords(applications), source: sources.applications },
    ...(ranges.length === 0 ? [{ field: "ranges", sentence: "From anywhere", source: sources.ranges }] : ranges),
    ...(live ? [] : made),
  ];
}
