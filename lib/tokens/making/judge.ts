import type { Allowance } from "#lib/policies/allowance";
import { judgeApproval, judgeForm, judgeLifetime, judgeQuota, judgeRate } from "./judge-making";
import { judgeReach } from "./judge-reach";
import type { Objection } from "./objection";
import type { Circumstances, Wish } from "./wish";

/**
 * Everything that speaks against making a token like this under one allowance. One implementation for form, API and
 * command line.
 * @param override the operator's: passes what is judged when a token is made, never what is judged live
 * @returns nothing if it may be made
 */
export function judge(
  wish: Wish,
  allowance: Allowance,
  circumstances: Circumstances,
  override = false,
): readonly Objection[] {
  const objections = [
    ...judgeReach(wish, allowance, circumstances),
    ...judgeForm(wish, allowance, circumstances),
    ...judgeLifetime(wish, allowance, circumstances),
    ...judgeRate(wish, allowance),
    ...judgeQuota(allowance, circumstances.active),
    ...judgeApproval(wish, allowance, circumstances),
  ];
  return override ? objections.filter(({ judged }) => judged !== "made") : objections;
}
