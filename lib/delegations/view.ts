import { type Group, refOf } from "#lib/groups/group";
import type { Limits } from "#lib/policies/limits";
import type { Power } from "./delegation";

type GroupLink = { readonly group: Pick<Group, "source" | "externalId"> };

/** What the database says of a delegation, its groups with their identity. */
export type DelegationRow = {
  readonly id: string;
  readonly name: string;
  readonly powers: readonly Power[];
  readonly scopeEveryone: boolean;
  readonly scopeServiceAccounts: boolean;
  readonly issue: unknown;
  readonly showSecret: boolean;
  readonly delegates: readonly GroupLink[];
  readonly scopeGroups: readonly GroupLink[];
  readonly createdAt: Date;
  readonly version: number;
};

/** A delegation as REST, CLI and pages show it: groups by ref, times in ISO 8601. */
export type DelegationView = {
  readonly id: string;
  readonly name: string;
  readonly delegates: readonly string[];
  readonly powers: readonly Power[];
  readonly scope: { readonly everyone: boolean; readonly groups: readonly string[]; readonly serviceAccounts: boolean };
  readonly issue: Limits;
  readonly showSecret: boolean;
  readonly createdAt: string;
  readonly version: number;
};

const refs = (links: readonly GroupLink[]) => links.map(({ group }) => refOf(group)).sort();

export function delegationView(row: DelegationRow): DelegationView {
  return {
    id: row.id,
    name: row.name,
    delegates: refs(row.delegates),
    powers: row.powers,
    scope: { everyone: row.scopeEveryone, groups: refs(row.scopeGroups), serviceAccounts: row.scopeServiceAccounts },
    // The column holds what the commands' schema has read: the compiler cannot know.
    issue: row.issue as Limits,
    showSecret: row.showSecret,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  };
}
