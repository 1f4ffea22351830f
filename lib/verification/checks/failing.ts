import type { Case } from "../case";
import { type Check, type Finding, limitedFinding } from "../check";
import { REASONS } from "../reasons";

/**
 * Step 6: addresses from which secrets come that are none. Nothing is refused here: what is noted turns a later 401 into
 * a 429, so that a good token passes whoever else is behind the same address.
 */
export const failingAddressCheck: Check = {
  step: 6,
  name: "failing addresses",
  judge: () => null,
  // There whoever asks is a gateway, and the client's address is not known.
  alone: "nothing",
  remark({ installation: { failureRate } }) {
    if (failureRate === null) return { detail: "Failures of an address are not counted.", applies: false };
    const { perMinute, burst } = failureRate;
    return { detail: `${burst} failures at once and ${perMinute} a minute are borne. Explaining counts none.` };
  },
};

/**
 * Counts what ends with 401. Not where no credential came: that is how every client begins that waits to be asked.
 * @returns what refuses instead of `found`, with what was found in its rule: the client is not told, record and log are;
 *   null while the failures are borne
 */
export function failedTooOften(c: Case, found: Finding): Finding | null {
  if (REASONS[found.reason].status !== 401 || found.reason === "credential_missing") return null;
  const { rates, learntAddress: address } = c;
  const { failureRate } = c.installation;
  if (failureRate === null || rates === "unconsumed" || address === undefined) return null;
  const quota = rates.fail(address, failureRate, c.now);
  return quota === null ? null : limitedFinding("too_many_failures", failureRate, quota, found.reason);
}
