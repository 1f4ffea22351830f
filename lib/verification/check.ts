import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Case } from "./case";
import type { Quota } from "./decision";
import type { Step } from "./reason";
import type { LimitCode, RefusalCode } from "./reasons";
import { UNSEEN } from "./remedy-by-rule";

/** Why a check refuses: the reason, and whose rule or which rule it was (for log and Explain, never for the client). */
export type Finding = {
  readonly reason: RefusalCode;
  readonly rule: string | null;
  /** Which rate limit is used up, and when to come again; null for every other reason. */
  readonly quota: Quota | null;
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
  /** What else would let this request pass, in a sentence or null; for Explain only, after `judge` refused. */
  readonly advice?: (c: Case, found: Finding) => string | null;
};

/** What stands before the list, under number 0. */
export type Forecheck = Omit<Check, "step" | "alone"> & { readonly step: 0 };

/** A refusal by a check. @param rule whose rule it was, or which; never for the client */
export const finding = (reason: RefusalCode, rule: string | null = null): Finding => ({ reason, rule, quota: null });

/**
 * A rule that only a request could fulfil, where there is none: refused, unless the application lets tokens be asked
 * about that are restricted so. @param rule which it is
 */
export const unseen = (c: Case, reason: RefusalCode, rule: string): Finding | null =>
  c.known.application.introspectRestricted ? null : finding(reason, `${rule}${UNSEEN}`);

/** A refusal because a rate limit is used up. */
export const limitedFinding = (reason: LimitCode, { perMinute, burst }: RateLimit, quota: Quota): Finding => ({
  reason,
  rule: `${perMinute} a minute, ${burst} at once`,
  quota,
});
