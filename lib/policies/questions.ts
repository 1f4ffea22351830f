import { ownAllowance } from "./allowance";
import type { Limits } from "./limits";
import { groupIdsOf, type Member, type Rules } from "./rules";
import { tierOf } from "./tier";

/** What auditors ask the other way round: who can do this? */
export const QUESTIONS = {
  "permanent-write": "Who can make tokens that write and never end?",
  "write-anywhere": "Who can make tokens that write from anywhere?",
  "make-at-all": "Who can make tokens at all?",
  "use-at-all": "Whose tokens work at all?",
  "power-over-others": "Who has power over other people’s tokens?",
  "issue-permanent": "Who can issue tokens for others that never end?",
} as const;

export type Question = keyof typeof QUESTIONS;

const lasting = ({ access, maxLifetimeDays }: Limits) => access === "write" && maxLifetimeDays === null;

/** Limits of somebody's own tokens under every ceiling, if they may make any. */
function ownLimits(member: Member, rules: Rules) {
  const tier = tierOf(member, rules.policies);
  if (!tier?.policy.use || tier.policy.create !== "yes" || member.kind === "service") return null;
  return ownAllowance(member, tier, rules);
}

/** The tier by which somebody can do this with tokens of their own; null if by none. */
export function tierThatLets(question: Question, member: Member, rules: Rules): string | null {
  const tier = tierOf(member, rules.policies)?.policy ?? null;
  const own = ownLimits(member, rules);
  switch (question) {
    case "permanent-write":
      return own !== null && lasting(own.limits) ? (tier?.name ?? null) : null;
    case "write-anywhere":
      return own?.limits.access === "write" && !own.limits.requireRanges && own.rangeLimits.length === 0
        ? (tier?.name ?? null)
        : null;
    case "make-at-all":
      return own === null ? null : (tier?.name ?? null);
    case "use-at-all":
      return tier?.use ? tier.name : null;
    case "power-over-others":
    case "issue-permanent":
      return null;
  }
}

/** The delegations by which somebody can do this for others. */
export function delegationsThatLet(question: Question, member: Member, rules: Rules): readonly string[] {
  if (member.kind === "service") return [];
  const groupIds = groupIdsOf(member);
  const held = [...rules.delegations.values()].filter(({ delegateGroupIds }) =>
    delegateGroupIds.some((id) => groupIds.includes(id)),
  );
  const issuing = held.filter(({ powers }) => powers.includes("issue"));
  const names = (all: typeof held) => all.map(({ name }) => name);
  switch (question) {
    case "permanent-write":
      return names(issuing.filter(({ issue }) => lasting(issue)));
    case "write-anywhere":
      return names(
        issuing.filter(({ issue }) => issue.access === "write" && !issue.requireRanges && issue.ranges.length === 0),
      );
    case "make-at-all":
      return names(issuing);
    case "use-at-all":
      return [];
    case "power-over-others":
      return names(held);
    case "issue-permanent":
      return names(issuing.filter(({ issue }) => issue.maxLifetimeDays === null));
  }
}
