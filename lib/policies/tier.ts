import type { Policy } from "./policy";
import { groupIdsOf, type Member } from "./rules";

/** Why a policy matches somebody, so that a page can say *because you are in jira-developers*. */
export type Because =
  | { readonly by: "group"; readonly groupId: string }
  | { readonly by: "serviceAccounts" }
  | { readonly by: "everyone" };

export type Tier = { readonly policy: Policy; readonly because: Because };

function match(policy: Policy, member: Member, groupIds: ReadonlySet<string>): Because | null {
  const { members } = policy;
  const groupId = members.groupIds.find((id) => groupIds.has(id));
  if (groupId !== undefined) return { by: "group", groupId };
  if (member.kind === "service") return members.serviceAccounts ? { by: "serviceAccounts" } : null;
  return members.everyone ? { by: "everyone" } : null;
}

/**
 * The tier of a person or service account: the matching policy of highest priority, which alone decides.
 * *Everyone* means persons; service accounts match by kind or by group. Without groups left a policy matches nobody.
 * @returns null for who matches none: nothing is granted then
 */
export function tierOf(member: Member, policies: readonly Policy[]): Tier | null {
  const groupIds = new Set(groupIdsOf(member));
  let tier: Tier | null = null;
  for (const policy of policies) {
    if (tier !== null && policy.priority <= tier.policy.priority) continue;
    const because = match(policy, member, groupIds);
    if (because !== null) tier = { policy, because };
  }
  return tier;
}

/** Every policy that matches somebody, the deciding one first: the others match too, but stand below. */
export function matchingTiers(member: Member, policies: readonly Policy[]): Tier[] {
  const groupIds = new Set(groupIdsOf(member));
  return policies
    .flatMap((policy) => {
      const because = match(policy, member, groupIds);
      return because === null ? [] : [{ policy, because }];
    })
    .sort((a, b) => b.policy.priority - a.policy.priority);
}
