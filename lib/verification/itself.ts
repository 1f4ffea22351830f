import { compileRanges, inRanges } from "#lib/networks/range-set";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { waysFrom } from "#lib/tokens/rights/way";
import type { Case } from "./case";
import { type Check, type Finding, finding } from "./check";
import { failedTooOften } from "./checks/failing";
import { ownerCheck, usernameCheck } from "./checks/owner";
import { rateCheck } from "./checks/rate";
import { headerConditionsCheck, timeWindowCheck } from "./checks/restrictions";
import { stateCheck, tokenCheck } from "./checks/token";
import type { Pending } from "./decide";
import type { InstallationFacts, TokenFacts } from "./facts/model";
import { first } from "./walk";

/** Whose it is and that it still stands: without that nobody has come at all. */
const STANDS: readonly Check[] = [tokenCheck, stateCheck, ownerCheck, usernameCheck];
/** Its own restrictions, without its path rules: those are about paths of applications. */
const OWN: readonly Check[] = [headerConditionsCheck, timeWindowCheck, rateCheck];

/** Addresses of token, grant and ceiling as at step 14, over all ways at once: it is about no application. */
function judgeAddress({ facts: { token, owner }, installation: { facts: rules }, address, now }: Case): Finding | null {
  const { ways } = effectiveAccess(token, owner, rules, now);
  const { ipRanges } = token;
  // Where no rule gives it a way any more, its own addresses still hold.
  const open =
    ways.length > 0
      ? waysFrom(ways, address).length > 0
      : ipRanges.length === 0 || inRanges(compileRanges(ipRanges, rules.networks), address);
  return open ? null : finding("token_address_refused");
}

/** How a token comes about itself. `anywhere`: to end itself, which no rule about addresses keeps it from, nor a quarantine. */
export type Coming = { readonly anywhere: boolean };

/** The rules of the installation, as far as they hold for a token that comes so. */
export const rulesFor = (rules: InstallationFacts, { anywhere }: Coming): InstallationFacts =>
  anywhere ? { ...rules, settings: { ...rules.settings, ranges: [], quarantined: false } } : rules;

/**
 * Whether a token may ask about itself. For which application it is, whether it may write, and whether its owner may use
 * tokens at all does not matter: it reaches nothing but itself. Its state and its owner do, and so does from where it
 * comes, unless it comes to end itself: whoever holds a leaked secret may do that from anywhere.
 * @param pending of `begin` by the rules that `rulesFor` leaves, as for any request to the portal
 * @param found null when no token has the secret
 * @param now epoch milliseconds
 * @returns why not; null when it may. Throws where its facts are not whole.
 */
export function judgeItself(
  { case: c }: Pending,
  found: TokenFacts | null,
  now: number,
  { anywhere }: Coming,
): Finding | null {
  c.now = now;
  c.found = found;
  const against = first(STANDS, c) ?? (anywhere ? null : (judgeAddress(c) ?? first(OWN, c)));
  return against === null ? null : (failedTooOften(c, against) ?? against);
}
