import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { type Draft, mayReach } from "../new/draft";
import { presetExpiry } from "../new/expiry";

/** Answers given under one delegation, as far as another one lets them stand: what it does not allow goes back to its preset. */
export function fitDraft(draft: Draft, facts: TokenFormFacts): Draft {
  const { limits } = facts;
  if (limits === null) return draft;
  const { applications, access, expiry, from } = draft;
  const reached =
    applications === "all"
      ? limits.applications === "all"
        ? applications
        : []
      : applications.filter((key) => mayReach(facts, key));
  const most = limits.maxLifetimeDays;
  const tooLong = most !== null && (expiry.kind === "never" || (expiry.kind === "days" && expiry.days > most));
  return {
    ...draft,
    applications: reached,
    access: limits.access === "read" ? "read" : access,
    expiry: tooLong ? presetExpiry(limits) : expiry,
    from: limits.requireRanges && from === "anywhere" ? "ranges" : from,
  };
}
