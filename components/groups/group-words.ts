import { LOCAL } from "#lib/groups/group";
import type { ListedGroup } from "#lib/groups/view";

/** Where a group comes from. */
export const sourceWords = (source: string): string => (source === LOCAL ? "Made here" : `Directory ${source}`);

/** What being in a group gives, a part each; empty when nothing. */
export function givesInWords({ group, tiers, delegations, scopes, accounts }: ListedGroup): string[] {
  return [
    ...(group.role === "admin" ? ["administrators"] : group.role === "auditor" ? ["auditors"] : []),
    ...tiers.map((name) => `tier ${name}`),
    ...delegations.map((name) => `delegation ${name}`),
    ...(scopes === 0 ? [] : ["in the scope of delegations"]),
    ...(accounts === 0 ? [] : [accounts === 1 ? "maintains 1 account" : `maintains ${accounts} accounts`]),
  ];
}
