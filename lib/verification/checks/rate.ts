import type { Case } from "../case";
import { type Check, type Finding, limitedFinding } from "../check";
import type { Bucket } from "../rates";
import { REASONS } from "../reasons";

/** Step 19: how often the token may be used, consumed last. Explain consumes nothing. */
export const rateCheck: Check = {
  step: 19,
  name: "rate limits",
  judge: (c) => consume(c, "allowed"),
  alone: "as ever",
  remark: ({ facts: { token } }) => {
    const { rateLimit } = token.restricted;
    if (rateLimit === null) return { detail: "The token has no such restriction.", applies: false };
    const { perMinute, burst } = rateLimit;
    return { detail: `${perMinute} requests a minute, ${burst} at once. Explaining one consumes none.` };
  },
};

function consume(c: Case, bucket: Bucket): Finding | null {
  const { rates, facts, now } = c;
  const { id, restricted } = facts.token;
  const { rateLimit } = restricted;
  if (rateLimit === null || rates === "unconsumed") return null;
  const { taken, quota } = rates.take(bucket, id, rateLimit, now);
  if (!taken) return limitedFinding(rateLimit, quota);
  c.quota = quota;
  return null;
}

const RIGHTS_BEGIN = 13;

/**
 * Refused requests have a bucket of their own, so that they neither use up the allowed ones nor go on for ever. Only
 * what is refused with 403: before that, nobody learns whether the token exists.
 * @returns what refuses instead of `found`; null while the bucket is not empty
 */
export function deniedTooOften(c: Case, found: Finding): Finding | null {
  const { step } = REASONS[found.reason];
  return typeof step === "number" && step >= RIGHTS_BEGIN && step < rateCheck.step ? consume(c, "denied") : null;
}
