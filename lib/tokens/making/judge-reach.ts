import { LATCHKEY } from "#lib/applications/application";
import { compileRanges, coversRanges } from "#lib/networks/range-set";
import type { Allowance } from "#lib/policies/allowance";
import { type Objection, object } from "./objection";
import type { Circumstances, Wish } from "./wish";

const named = (keys: readonly string[]): string => (keys.length === 0 ? "none" : keys.join(", "));

function judgeApplications({ applications }: Wish, allowance: Allowance, known: ReadonlySet<string>): Objection[] {
  const { limits, sources, grant } = allowance;
  const path = "applications";
  const unknown = applications === "all" ? [] : applications.filter((key) => !known.has(key));
  if (unknown.length > 0) return [object("invalid_input", "input", path, `There is no application ${named(unknown)}`)];
  if (applications !== "all" && applications.includes(LATCHKEY) && grant.by === "delegation") {
    return [
      object(
        "limit_exceeded",
        "live",
        path,
        "A token for the portal itself is only ever made by its owner",
        allowance.source,
      ),
    ];
  }
  const allowed = limits.applications;
  if (allowed === "all") return [];
  const beyond = applications === "all" ? null : applications.filter((key) => !allowed.includes(key));
  if (beyond?.length === 0) return [];
  const sentence =
    beyond === null ? `Name applications out of ${named(allowed)}` : `${named(beyond)} is not among ${named(allowed)}`;
  return [object("limit_exceeded", "live", path, sentence, sources.applications)];
}

function judgeAccess({ access }: Wish, { limits, sources }: Allowance): Objection[] {
  if (access === "read" || limits.access === "write") return [];
  return [object("limit_exceeded", "live", "access", "Only reading is allowed", sources.access)];
}

/** Own ranges must lie in every list; without own ranges the lists hold live, for the client's address. */
function judgeRanges({ ipRanges }: Wish, { rangeLimits }: Allowance, networks: Circumstances["networks"]): Objection[] {
  const set = compileRanges(ipRanges, networks);
  if (set.unknown.length > 0) {
    return [object("invalid_input", "input", "ipRanges", `There is no network ${named(set.unknown)}`)];
  }
  return rangeLimits
    .filter(({ ranges }) => !coversRanges(compileRanges(ranges, networks), set))
    .map(({ ranges, source }) =>
      object("limit_exceeded", "live", "ipRanges", `Addresses must lie in ${named(ranges)}`, source),
    );
}

/** Objections to where a token would reach and what it might do there: these are judged again at every verification. */
export function judgeReach(wish: Wish, allowance: Allowance, { networks, applications }: Circumstances): Objection[] {
  return [
    ...judgeApplications(wish, allowance, applications),
    ...judgeAccess(wish, allowance),
    ...judgeRanges(wish, allowance, networks),
  ];
}
