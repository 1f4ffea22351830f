import { type Group, refOf } from "#lib/groups/group";
import type { Ceiling, Limits } from "./limits";
import type { Policy } from "./policy";

/** What the database says of a policy, its groups with their identity. */
export type PolicyRow = Pick<Policy, "id" | "name" | "priority" | "use" | "create" | "selfRotate"> & {
  readonly everyone: boolean;
  readonly serviceAccounts: boolean;
  readonly own: unknown;
  readonly ceiling: unknown;
  readonly groups: readonly { readonly group: Pick<Group, "source" | "externalId"> }[];
  readonly createdAt: Date;
  readonly version: number;
};

/** A tier as REST, CLI and pages show it: groups by ref, times in ISO 8601. */
export type PolicyView = Pick<Policy, "id" | "name" | "priority" | "use" | "create" | "selfRotate"> & {
  readonly members: {
    readonly everyone: boolean;
    readonly groups: readonly string[];
    readonly serviceAccounts: boolean;
  };
  readonly own: Limits | null;
  readonly ceiling: Ceiling | null;
  readonly createdAt: string;
  readonly version: number;
};

export function policyView(row: PolicyRow): PolicyView {
  const { id, name, priority, use, create, selfRotate, everyone, serviceAccounts, version } = row;
  return {
    id,
    name,
    priority,
    members: { everyone, groups: row.groups.map(({ group }) => refOf(group)).sort(), serviceAccounts },
    use,
    create,
    selfRotate,
    // The columns hold what the commands' schema has read: the compiler cannot know.
    own: row.own as Limits | null,
    ceiling: row.ceiling as Ceiling | null,
    createdAt: row.createdAt.toISOString(),
    version,
  };
}
