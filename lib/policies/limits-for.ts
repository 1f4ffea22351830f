import { delegationsOver, type Maker } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type Holder, outranks } from "#lib/users/user";
import { type Allowance, issueAllowance, ownAllowance } from "./allowance";
import type { Rules } from "./rules";
import { tierOf } from "./tier";

const ASK = "Ask an administrator.";

/**
 * Nobody issues for, or rotates the token of, someone with a role above their own.
 * @returns `forbidden` if the maker stands below the holder; nobody stands above the operator
 */
export function notBelow(maker: Maker, holder: Pick<Holder, "username" | "role">): Result<void> {
  if (maker === "operator" || !outranks(holder.role, maker.role)) return ok(undefined);
  return refuse("forbidden", `${holder.username} has a role above yours: nobody makes tokens for somebody above them.`);
}

/** Own tokens: by the holder alone (or the operator in their name), as far as their tier of today goes. */
function ownLimits(maker: Maker, holder: Holder, rules: Rules, override: boolean): Result<readonly Allowance[]> {
  const self = maker !== "operator" && maker.userId === holder.id;
  if (maker !== "operator" && !self) return refuse("forbidden", "Own tokens are made by their owner only.");
  const [whose, whom] = self ? ["Your", "you"] : [`${holder.username}'s`, holder.username];
  const tier = tierOf(holder, rules.policies);
  if (tier === null) return refuse("not_granted", `No policy gives ${whom} tokens. ${ASK}`);
  const { name, use, create } = tier.policy;
  if (!use) return refuse("not_granted", `${whose} tier ${name} does not let tokens be used. ${ASK}`);
  const allowance = ownAllowance(holder, tier, rules);
  if (allowance === null || (create === "no" && !override)) {
    return refuse("not_granted", `${whose} tier ${name} does not let ${whom} create or rotate tokens. ${ASK}`);
  }
  if (create === "request" && !override) {
    return refuse(
      "approval_required",
      `${whose} tier ${name} asks for approval, which cannot be asked for here yet. ${ASK}`,
    );
  }
  return ok([allowance]);
}

/** Tokens for others: under each delegation by itself, never under two together. */
function issueLimits(maker: Maker, holder: Holder, rules: Rules): Result<readonly Allowance[]> {
  const rank = notBelow(maker, holder);
  if (!rank.ok) return rank;
  const delegations = delegationsOver(maker, holder, "issue", rules.delegations.values());
  if (delegations.length === 0) {
    return refuse("not_granted", `No delegation lets you issue tokens for ${holder.username}. ${ASK}`);
  }
  const tier = tierOf(holder, rules.policies);
  if (!tier?.policy.use) {
    const why =
      tier === null ? "no policy gives them tokens" : `their tier ${tier.policy.name} does not let tokens be used`;
    return refuse("not_granted", `A token for ${holder.username} would not work: ${why}.`);
  }
  return ok(delegations.map((delegation) => issueAllowance(delegation, holder, rules)));
}

/**
 * What somebody may make for a holder: how far, and whose rule says so.
 * @param power `own`: tokens of one's own, by the tier; `issue`: for others, one allowance for each delegation
 * @param override the operator's: create although the tier does not let create. What is judged live it does not touch
 * @returns at least one allowance, or `not_granted`, `approval_required`, `forbidden` with a sentence
 */
export function limitsFor(
  maker: Maker,
  holder: Holder,
  power: "own" | "issue",
  rules: Rules,
  override = false,
): Result<readonly Allowance[]> {
  if (holder.deactivatedAt !== null) {
    return refuse("forbidden", `${holder.username} is deactivated. Reactivate the account first.`);
  }
  return power === "own" ? ownLimits(maker, holder, rules, override) : issueLimits(maker, holder, rules);
}
