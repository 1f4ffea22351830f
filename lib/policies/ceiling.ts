import type { LimitSource } from "#lib/errors/error";
import type { Access, ApprovalRule, Ceiling } from "./limits";
import type { Member, Rules } from "./rules";
import type { Tier } from "./tier";

/** The lesser of two accesses; what is neither is no right to write. */
export const leastAccess = (a: Access, b: Access): Access => (a === "write" && b === "write" ? "write" : "read");

/** The lesser of two numbers of which null means *no limit*. */
export const leastOf = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** Approval is needed where either rule needs it. */
export function strictestApproval(a: ApprovalRule, b: ApprovalRule): ApprovalRule {
  if (a === "never" || b === "always") return b;
  if (b === "never" || a === "always") return a;
  return {
    whenWrite: a.whenWrite || b.whenWrite,
    whenLongerThanDays: leastOf(a.whenLongerThanDays, b.whenLongerThanDays),
    whenNoRanges: a.whenNoRanges || b.whenNoRanges,
  };
}

/** A ceiling and whose it is. */
export type SourcedCeiling = { readonly source: LimitSource; readonly ceiling: Ceiling };

/**
 * The ceilings over every token that somebody holds, whoever made it: their tier's, and the installation's above all.
 * Each only takes away, and what it leaves out it does not limit.
 */
export function ceilingsOver(member: Member, tier: Tier | null, rules: Rules): readonly SourcedCeiling[] {
  const ceilings: SourcedCeiling[] = [];
  const own = tier?.policy.ceiling;
  if (tier && own) ceilings.push({ source: { kind: "ceiling", name: tier.policy.name }, ceiling: own });
  const { persons, serviceAccounts } = rules.settings.ceilings;
  const whole = member.kind === "person" ? persons : serviceAccounts;
  if (whole) ceilings.push({ source: { kind: "installation", name: "installation" }, ceiling: whole });
  return ceilings;
}
