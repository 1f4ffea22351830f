import type { NamedQuota } from "#lib/errors/quota";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Case } from "../case";
import { type Check, type Finding, limitedFinding, named } from "../check";
import type { Bucket } from "../rates";
import { REASONS } from "../reasons";

const inWords = ({ perMinute, burst }: RateLimit): string =>
  `${perMinute} ${perMinute === 1 ? "request" : "requests"} a minute, ${burst} at once`;

/** Step 19: how often token and owner may come, consumed last. Explain consumes nothing. */
export const rateCheck: Check = {
  step: 19,
  name: "rate limits",
  judge: (c) => consume(c, "allowed"),
  alone: "as ever",
  remark({ facts: { token }, installation: { ownerRate } }) {
    const { rateLimit } = token.restricted;
    if (rateLimit === null && ownerRate === null)
      return { detail: "The token has no such restriction.", applies: false };
    const own = rateLimit === null ? "" : `${inWords(rateLimit)}. `;
    const owners = ownerRate === null ? "" : `All tokens of its owner together: ${inWords(ownerRate)}. `;
    return { detail: `${own}${owners}Explaining one consumes none.` };
  },
};

/** Both must have one left, and then lose one each; a request that only one of them lets through takes nothing. */
function consume(c: Case, bucket: Bucket): Finding | null {
  const { rates, facts, now } = c;
  const { id, restricted } = facts.token;
  const { rateLimit } = restricted;
  const { ownerRate } = c.installation;
  if (rates === "unconsumed") return null;
  const own = rateLimit === null ? null : rates.take(bucket, id, rateLimit, now);
  if (rateLimit !== null && own?.taken === false) return limitedFinding("rate_limited", rateLimit, own.quota);
  const owners = ownerRate === null ? null : rates.take(bucket, facts.owner.id, ownerRate, now);
  if (ownerRate !== null && owners?.taken === false) {
    if (rateLimit !== null) rates.giveBack(bucket, id, rateLimit);
    return limitedFinding("owner_rate_limited", ownerRate, owners.quota);
  }
  c.quota = nearerItsEnd(
    own === null ? null : named("rate_limited", own.quota),
    owners === null ? null : named("owner_rate_limited", owners.quota),
  );
  return null;
}

/** The one of which less is left; of two alike the one that has fewer again in a minute. */
function nearerItsEnd(own: NamedQuota | null, owners: NamedQuota | null): NamedQuota | null {
  if (own === null || owners === null) return own ?? owners;
  const less = own.remaining - owners.remaining || own.limit - owners.limit;
  return less <= 0 ? own : owners;
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
