import { isNowhere, liesIn, meetingOf, type Place } from "#lib/networks/range-algebra";
import { type Allowance, issueAllowance, ownAllowance } from "#lib/policies/allowance";
import type { Access } from "#lib/policies/limits";
import type { Member, Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import { judgeRate } from "#lib/tokens/making/judge-making";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import { type Effective, effectiveAccess, type Granted } from "#lib/tokens/rights/effective";
import { type Way, waysTo } from "#lib/tokens/rights/way";

/** By which kind of rule something that passes today would be refused. */
export const RULES = ["use", "applications", "access", "ranges"] as const;
export type RefusingRule = (typeof RULES)[number];

/** A token as far as a change of rules concerns it. `days`: whole days from the secret's birth to its end; null = never. */
export type Judged = Granted & { readonly days: number | null; readonly rateLimit: RateLimit | null };

/** What a change of rules does to a token. */
export type Effect = {
  /** Kinds of rules that refuse what passes today; empty if all of it still passes. */
  readonly refusedBy: readonly RefusingRule[];
  /** It lives longer than the new limit allows, and not longer than today's. */
  readonly tooLong: boolean;
  /** It has a higher rate than the new limit allows, or none beside it, and keeps to today's. */
  readonly tooFast: boolean;
  readonly writesFromAnywhere: boolean;
};

const mayWrite = (way: Way, access: Access): boolean => access === "read" || way.access === "write";

/** From where a request to an application passes on these ways. */
function placesOf({ use, ways }: Effective, key: string, access: Access): Place[] {
  if (!use) return [];
  return waysTo(ways, key)
    .filter((way) => mayWrite(way, access))
    .map(({ rangeSets }) => meetingOf(rangeSets))
    .filter((place) => !isNowhere(place));
}

function lossOf(before: Effective, after: Effective, key: string): RefusingRule | null {
  const passes = (effective: Effective, access: Access) => placesOf(effective, key, access);
  const shrinks = (access: Access) => passes(before, access).some((place) => !liesIn(place, passes(after, access)));
  if (!shrinks("read") && !shrinks("write")) return null;
  if (!after.use) return "use";
  if (waysTo(after.ways, key).length === 0) return "applications";
  return shrinks("read") || passes(after, "write").length > 0 ? "ranges" : "access";
}

/** What the rules allow a token like this; null where nothing does. */
export function allowanceFor({ grant }: Granted, owner: Member, rules: Rules): Allowance | null {
  if (grant.by === "tier") return ownAllowance(owner, tierOf(owner, rules.policies), rules);
  const delegation = rules.delegations.get(grant.delegationId);
  return delegation === undefined ? null : issueAllowance(delegation, owner, rules);
}

const livesTooLong = ({ days }: Judged, { limits: { maxLifetimeDays: most } }: Allowance): boolean =>
  most !== null && (days === null || days > most);

/** By the very function that judges a new token, and whether one breaks its policy. */
const isTooFast = ({ rateLimit }: Judged, allowance: Allowance): boolean =>
  judgeRate({ narrowing: { rateLimit } }, allowance).length > 0;

/**
 * What a change of rules does to a token, judged by what the verifier itself asks: whatever its grant lets pass today,
 * for any application, from any address, reading or writing, must still pass. A waiver does not count: it ends.
 * @param keys of the applications that exist
 */
export function effectOf(
  token: Judged,
  owner: Member,
  [before, after]: readonly [Rules, Rules],
  keys: readonly string[],
): Effect {
  const bare = { ...token, waiver: null };
  const [today, then] = [effectiveAccess(bare, owner, before, 0), effectiveAccess(bare, owner, after, 0)];
  const reached = token.applications === "all" ? keys : token.applications;
  const losses = new Set(reached.map((key) => lossOf(today, then, key)));
  const [next, old] = [allowanceFor(token, owner, after), allowanceFor(token, owner, before)];
  const newly = (breaks: typeof isTooFast) =>
    next !== null && breaks(token, next) && !(old !== null && breaks(token, old));
  const open = today.use && today.ways.some((way) => way.access === "write" && way.rangeSets.length === 0);
  return {
    refusedBy: RULES.filter((rule) => losses.has(rule)),
    tooLong: newly(livesTooLong),
    tooFast: newly(isTooFast),
    writesFromAnywhere: open,
  };
}
