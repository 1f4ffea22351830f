import type { NamedQuota } from "#lib/errors/quota";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Advice } from "./advice";
import type { Case } from "./case";
import type { Quota } from "./decision";
import type { Step } from "./reason";
import type { LimitCode, RefusalCode } from "./reasons";
import type { Rule } from "./rule";

/** Why a check refuses: the reason, and whose rule or which rule it was (for log and Explain, never for the client). */
export type Finding = {
  readonly reason: RefusalCode;
  readonly rule: Rule | null;
  /** Which rate limit is used up, and when to come again; null for every other reason. */
  readonly quota: NamedQuota | null;
};

/** What Explain says of a check that passed; `applies: false` where there was nothing to judge. */
export type Remark = { readonly detail: string; readonly rule?: string; readonly applies?: false };

/**
 * One entry of the ordered list. `judge` is pure: no I/O, no clock but the case's; null lets the request on.
 * It may note on the case what it learnt. `remark` runs for Explain only, after `judge` passed.
 */
export type Check = {
  readonly step: Step;
  readonly name: string;
  readonly judge: (c: Case) => Finding | null;
  /**
   * What holds where a token is asked about alone, without a request (introspection): the same; nothing, because only a
   * request is judged here; or what refuses a rule that it cannot see.
   */
  readonly alone: "as ever" | "nothing" | ((c: Case) => Finding | null);
  readonly remark: (c: Case) => Remark;
  /** What else would let this request pass, a sentence of `ADVICE` or null; for Explain only, after `judge` refused. */
  readonly advice?: (c: Case, found: Finding) => Advice | null;
};

/** What stands before the list, under number 0. */
export type Forecheck = Omit<Check, "step" | "alone"> & { readonly step: 0 };

/** A refusal by a check. @param rule whose rule it was, or which, a name where that is all; never for the client */
export function finding(reason: RefusalCode, rule: Rule | string | null = null): Finding {
  return { reason, rule: typeof rule === "string" ? { kind: "named", name: rule } : rule, quota: null };
}

/**
 * A rule that only a request could fulfil, where there is none: refused, unless the application lets tokens be asked
 * about that are restricted so. @param what it is about
 */
export const unseen = (c: Case, reason: RefusalCode, what: string): Finding | null =>
  c.known.application.introspectRestricted ? null : finding(reason, { kind: "unseen", what });

/** Whose rate limit it is, as clients are told of it. */
const POLICIES: Readonly<Record<LimitCode, string>> = {
  rate_limited: "token",
  owner_rate_limited: "owner",
  too_many_failures: "address",
};

/** What is left of the rate limit that refuses with a reason, under its name. */
export const named = (reason: LimitCode, { limit, remaining, resetSeconds }: Quota): NamedQuota => ({
  policy: POLICIES[reason],
  limit,
  remaining,
  resetSeconds,
});

/** A refusal because a rate limit is used up. @param instead what was found where this refuses in its place */
export function limitedFinding(reason: LimitCode, limit: RateLimit, quota: Quota, instead?: RefusalCode): Finding {
  const words = `${limit.perMinute} a minute, ${limit.burst} at once`;
  const name = instead === undefined ? words : `${instead}; ${words}`;
  return { reason, rule: { kind: "named", name }, quota: named(reason, quota) };
}
