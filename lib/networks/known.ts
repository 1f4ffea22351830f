import { ceilingsOver } from "#lib/policies/ceiling";
import type { Member, Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";

/** A network as everybody signed in knows it: by name. `ranges` is null where they are none of one's business. */
export type KnownNetwork = { readonly name: string; readonly ranges: readonly string[] | null };

/**
 * The networks that limit somebody's own tokens, by name: within them their addresses must lie, so their ranges are
 * part of what they may know. Of all others they read the names only (docs/decisions/0010).
 */
export function limitingNetworks(member: Member, rules: Rules): ReadonlySet<string> {
  const tier = tierOf(member, rules.policies);
  const lists = [tier?.policy.own?.ranges, ...ceilingsOver(member, tier, rules).map(({ ceiling }) => ceiling.ranges)];
  return new Set(lists.flatMap((ranges) => (ranges ?? []).filter((each) => rules.networks.has(each))));
}

/** All networks by name, with the ranges of those that limit somebody. */
export function knownNetworks(member: Member, rules: Rules): readonly KnownNetwork[] {
  const limiting = limitingNetworks(member, rules);
  return [...rules.networks.values()].map(({ name, ranges }) => ({ name, ranges: limiting.has(name) ? ranges : null }));
}
