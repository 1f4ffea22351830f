import type { Population } from "#lib/impact/people";
import type { Policy } from "./policy";
import { delegationsThatLet, type Question, tierThatLets } from "./questions";
import { groupIdsOf, type Rules } from "./rules";
import { tierOf } from "./tier";

/** For how many a tier decides, of how many that it names; the rest are caught by tiers above. */
export type Reach = { readonly applies: number; readonly members: number };

const sum = (populations: readonly Population[]) => populations.reduce((total, { people }) => total + people, 0);

/** For how many each tier decides, by its id. */
export function reachOf(policies: readonly Policy[], populations: readonly Population[]): ReadonlyMap<string, Reach> {
  const deciding = populations.map(({ member }) => tierOf(member, policies)?.policy.id);
  return new Map(
    policies.map((policy) => [
      policy.id,
      {
        applies: sum(populations.filter((_each, index) => deciding[index] === policy.id)),
        members: sum(populations.filter(({ member }) => tierOf(member, [policy]) !== null)),
      },
    ]),
  );
}

/** Which tiers decide for the members of a group, most people first; null = no tier. */
export function decidingFor(
  groupId: string,
  policies: readonly Policy[],
  populations: readonly Population[],
): readonly { readonly policyId: string | null; readonly people: number }[] {
  const counted = new Map<string | null, number>();
  for (const { member, people } of populations) {
    if (!groupIdsOf(member).includes(groupId)) continue;
    const id = tierOf(member, policies)?.policy.id ?? null;
    counted.set(id, (counted.get(id) ?? 0) + people);
  }
  return [...counted].map(([policyId, people]) => ({ policyId, people })).sort((a, b) => b.people - a.people);
}

/** Who can do something, exactly: by their own tier, and by which delegation for others. */
export type Answer = {
  readonly people: number;
  readonly byTier: readonly { readonly name: string; readonly people: number }[];
  readonly byDelegation: readonly { readonly name: string; readonly people: number }[];
};

/** Answers a question about everybody. Nobody counts twice in `people`, who can do it in two ways counts under both. */
export function answerOf(question: Question, rules: Rules, populations: readonly Population[]): Answer {
  const [tiers, delegations] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const { member, people } of populations) {
    const tier = tierThatLets(question, member, rules);
    const by = delegationsThatLet(question, member, rules);
    if (tier !== null) tiers.set(tier, (tiers.get(tier) ?? 0) + people);
    for (const name of by) delegations.set(name, (delegations.get(name) ?? 0) + people);
    if (tier !== null || by.length > 0) total += people;
  }
  const listed = (counts: ReadonlyMap<string, number>) => [...counts].map(([name, people]) => ({ name, people }));
  return { people: total, byTier: listed(tiers), byDelegation: listed(delegations) };
}
