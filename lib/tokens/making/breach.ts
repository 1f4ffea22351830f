import { inScope } from "#lib/delegations/power";
import { type Allowance, issueAllowance, ownAllowance } from "#lib/policies/allowance";
import type { Member, Rules } from "#lib/policies/rules";
import { type Tier, tierOf } from "#lib/policies/tier";
import type { Grant } from "../token";
import { judgeForm, judgeLifetime, judgeRate } from "./judge-making";
import { judgeReach } from "./judge-reach";
import type { Wish } from "./wish";

/** A token as rules look at it. `bornAt`: its secret, or while it has none itself; epoch milliseconds. */
export type Kept = Wish & { readonly grant: Grant; readonly bornAt: number };

const INSTANT_NEVER_PAST = Number.NEGATIVE_INFINITY;

/** What it was made under, as it is today; or in words why there is none. */
function allowanceOf({ grant }: Kept, owner: Member, tier: Tier, rules: Rules): Allowance | string {
  if (grant.by === "tier") {
    return ownAllowance(owner, tier, rules) ?? `The tier ${tier.policy.name} grants no tokens of one's own.`;
  }
  const delegation = rules.delegations.get(grant.delegationId);
  if (delegation === undefined) return "The delegation that it was issued under is gone.";
  if (!inScope(delegation, owner)) return `The delegation ${delegation.name} does not cover its owner any more.`;
  return issueAllowance(delegation, owner, rules);
}

/**
 * How a token goes beyond what today's rules allow one like it: what would be said against making it again, as it is,
 * for the same owner under the same grant. By the functions that judge a new token, so that there is one set of rules.
 * Not looked at: how many there are, who would have to approve it, whether its maker may still make any, and its waiver,
 * which lets through what breaks the rules, for a while, and does not make it keep to them.
 * @returns sentences that name the rule; none for a token that keeps to its policy
 */
export function breachesOf(token: Kept, owner: Member, rules: Rules): readonly string[] {
  const tier = tierOf(owner, rules.policies);
  if (tier === null) return ["No policy gives its owner tokens."];
  if (!tier.policy.use) return [`The tier ${tier.policy.name} does not let tokens be used.`];
  const allowance = allowanceOf(token, owner, tier, rules);
  if (typeof allowance === "string") return [allowance];
  // An application that is gone gives nothing, and takes nothing away from anybody.
  const known = new Set(token.applications === "all" ? [] : token.applications);
  const around = {
    ...{ now: INSTANT_NEVER_PAST, bornAt: token.bornAt, networks: rules.networks, applications: known },
    active: { own: 0, issued: 0, held: 0 },
  };
  return [
    ...judgeReach(token, allowance, around),
    ...judgeForm(token, allowance, around),
    ...judgeLifetime(token, allowance, around),
    ...judgeRate(token, allowance),
  ].map(({ error }) => error.message);
}
