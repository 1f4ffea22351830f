import type { Member, Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";

/** People who are in the same groups, of those that policies name: rules treat them alike. */
export type Population = { readonly member: Member; readonly people: number };

/** People who would have another tier. Null = none. */
export type Move = { readonly from: string | null; readonly to: string | null; readonly people: number };

/** Who changes tier, largest first. A tier that only changes what it says is no other tier. */
export function movesOf(populations: readonly Population[], before: Rules, after: Rules): readonly Move[] {
  const moves = new Map<string, Move>();
  for (const { member, people } of populations) {
    const [from, to] = [tierOf(member, before.policies), tierOf(member, after.policies)];
    if (from?.policy.id === to?.policy.id) continue;
    const key = `${from?.policy.id}>${to?.policy.id}`;
    const known = moves.get(key)?.people ?? 0;
    moves.set(key, { from: from?.policy.name ?? null, to: to?.policy.name ?? null, people: known + people });
  }
  return [...moves.values()].sort((a, b) => b.people - a.people);
}
