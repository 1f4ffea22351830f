import { limitsHold } from "#lib/networks/uses";
import type { Rules } from "#lib/policies/rules";

/** Whose tokens a list of ranges holds. */
export type Whose =
  | { readonly by: "tier"; readonly id: string; readonly ownOnly: boolean }
  | { readonly by: "delegation"; readonly id: string }
  | { readonly by: "kind"; readonly kind: "person" | "service" };

/** Limits that name a network among their ranges: what they are in words, the whole list, and whose tokens they hold. */
export type Naming = { readonly what: string; readonly ranges: readonly string[]; readonly whose: Whose };

type Named = Pick<Rules, "policies" | "delegations" | "settings">;

/** The rules that name a network: tiers with what their members make and hold, delegations, and the ceilings above all. */
export function rulesNaming(name: string, { policies, delegations, settings }: Named): Naming[] {
  const { persons, serviceAccounts } = settings.ceilings;
  const naming = (what: string, limits: { readonly ranges?: readonly string[] } | null, whose: Whose): Naming[] =>
    limitsHold(name, limits) ? [{ what, ranges: limits?.ranges ?? [], whose }] : [];
  return [
    ...policies.flatMap(({ id, name: tier, own, ceiling }) => [
      ...naming(`tier ${tier}`, own, { by: "tier", id, ownOnly: true }),
      ...naming(`the ceiling of tier ${tier}`, ceiling, { by: "tier", id, ownOnly: false }),
    ]),
    ...[...delegations.values()].flatMap(({ id, name: delegation, issue }) =>
      naming(`delegation ${delegation}`, issue, { by: "delegation", id }),
    ),
    ...naming("the ceiling over every person", persons, { by: "kind", kind: "person" }),
    ...naming("the ceiling over every service account", serviceAccounts, { by: "kind", kind: "service" }),
  ];
}
