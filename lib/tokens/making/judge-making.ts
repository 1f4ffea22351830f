import { compileRanges, isAnywhere } from "#lib/networks/range-set";
import type { Allowance } from "#lib/policies/allowance";
import { daysWords, instantWords } from "#lib/policies/limit-words";
import type { ApprovalRule } from "#lib/policies/limits";
import { DAY_MS } from "../status";
import { latestEnd } from "./expiry";
import { type Objection, object } from "./objection";
import type { Circumstances, Wish } from "./wish";

/** What a token must say about itself: purpose, contact, and from where it is used. */
export function judgeForm(
  wish: Wish,
  { limits, sources }: Allowance,
  { networks }: Pick<Circumstances, "networks">,
): Objection[] {
  const objections: Objection[] = [];
  if (limits.requirePurpose && wish.description === "") {
    objections.push(object("limit_exceeded", "made", "description", "Say what uses it", sources.requirePurpose));
  }
  if (limits.requireContact && wish.contact === "") {
    objections.push(object("limit_exceeded", "made", "contact", "Say whom to call about it", sources.requireContact));
  }
  const open = wish.ipRanges.length === 0 || isAnywhere(compileRanges(wish.ipRanges, networks));
  if (limits.requireRanges && open) {
    objections.push(
      object("limit_exceeded", "made", "ipRanges", "Say from which addresses it is used", sources.requireRanges),
    );
  }
  return objections;
}

/** Its end: in the future, and no later than birth and longest lifetime allow. */
export function judgeLifetime(
  { expiresAt }: Wish,
  { limits, sources }: Allowance,
  { now, bornAt }: Circumstances,
): Objection[] {
  const path = "expiresAt";
  if (expiresAt !== null && expiresAt <= now) {
    return [object("invalid_input", "input", path, "This lies in the past: choose a later date")];
  }
  const latest = latestEnd(bornAt, limits);
  const days = limits.maxLifetimeDays;
  if (latest === null || days === null || (expiresAt !== null && expiresAt <= latest)) return [];
  const sentence = `At most ${daysWords(days)}, until ${instantWords(latest)}`;
  return [object("limit_exceeded", "made", path, sentence, sources.maxLifetimeDays)];
}

/** How often it may be used: where a limit says so, every token has a rate, and none above it. */
export function judgeRate(
  { narrowing: { rateLimit } }: { readonly narrowing: Pick<Wish["narrowing"], "rateLimit"> },
  { limits, sources }: Allowance,
): Objection[] {
  const most = limits.maxRatePerMinute;
  if (most === null || (rateLimit !== null && rateLimit.perMinute <= most && rateLimit.burst <= most)) return [];
  const sentence = `At most ${most} requests a minute, and as many at once`;
  return [object("limit_exceeded", "made", "rateLimit", sentence, sources.maxRatePerMinute)];
}

const COUNTED = { own: "of your own", issued: "issued under it", held: "held" } as const;

/** One more token than there are. */
export function judgeQuota({ quotas }: Pick<Allowance, "quotas">, active: Circumstances["active"]): Objection[] {
  return quotas
    .filter(({ most, counted }) => active[counted] >= most)
    .map(({ most, counted, source }) => {
      const sentence = `${active[counted]} of ${most} active tokens ${COUNTED[counted]} exist already; revoke one first`;
      return object("quota_exceeded", "made", "", sentence, source);
    });
}

type Birth = Pick<Circumstances, "bornAt" | "networks">;

/** Whether somebody has to approve a token like this. */
export function needsApproval(rule: ApprovalRule, wish: Wish, { bornAt, networks }: Birth): boolean {
  if (typeof rule === "string") return rule === "always";
  const { whenWrite, whenLongerThanDays: days, whenNoRanges } = rule;
  const longer = days !== null && (wish.expiresAt === null || wish.expiresAt > bornAt + days * DAY_MS);
  const open = wish.ipRanges.length === 0 || isAnywhere(compileRanges(wish.ipRanges, networks));
  return (whenWrite && wish.access === "write") || longer || (whenNoRanges && open);
}

/** Approval cannot be asked for yet, so what needs it is refused. */
export function judgeApproval(wish: Wish, { limits, sources }: Allowance, birth: Birth): Objection[] {
  if (!needsApproval(limits.approval, wish, birth)) return [];
  const sentence = "This needs approval, which cannot be asked for here yet";
  return [object("approval_required", "made", "", sentence, sources.approval)];
}
