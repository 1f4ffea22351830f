import type { Power } from "#lib/delegations/delegation";
import { inScope } from "#lib/delegations/power";
import { type Group, refOf } from "#lib/groups/group";
import type { Policy } from "#lib/policies/policy";
import { type Because, matchingTiers } from "#lib/policies/tier";
import type { Role, UserKind } from "./user";
import type { UserView } from "./view";

type NamedGroup = Pick<Group, "id" | "source" | "externalId">;

/** A membership as the database has it. */
export type MembershipRow = {
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly group: NamedGroup & { readonly role: { readonly role: Role } | null };
};

/** A delegation as the database has it. */
export type DelegationRow = {
  readonly id: string;
  readonly name: string;
  readonly powers: readonly Power[];
  readonly scopeEveryone: boolean;
  readonly scopeServiceAccounts: boolean;
  readonly delegates: readonly { readonly group: NamedGroup }[];
  readonly scopeGroups: readonly { readonly groupId: string }[];
};

/** A group that somebody is in, and where that comes from. Times are ISO 8601. */
export type MembershipView = {
  readonly groupId: string;
  readonly ref: string;
  /** `local`, or the directory that says so. */
  readonly source: string;
  readonly addedAt: string;
  readonly addedBy: string;
  /** The role that the group gives. */
  readonly role: Role | null;
};

/** A tier that matches somebody, and why; only the first of them decides. */
export type MatchedTier = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly by: Because["by"];
  /** The group because of which, by ref. */
  readonly group: string | null;
};

/** A delegation that somebody holds, or that others hold over their tokens. `groups`: the delegates, by ref. */
export type PowerView = {
  readonly id: string;
  readonly name: string;
  readonly powers: readonly Power[];
  readonly groups: readonly string[];
};

/** All that an administrator looks for about one user. */
export type Person = {
  readonly user: UserView;
  readonly memberships: readonly MembershipView[];
  readonly tiers: readonly MatchedTier[];
  /** Delegations that they hold. */
  readonly held: readonly PowerView[];
  /** Delegations that give others power over their tokens. */
  readonly over: readonly PowerView[];
  /** Service accounts whose tokens they manage, themselves or by a group; at most two hundred. */
  readonly maintained: readonly { readonly id: string; readonly username: string }[];
  /** A service account that nobody active maintains. */
  readonly orphaned: boolean;
  /** Whether it could be deleted: nothing was ever done with it. */
  readonly traces: readonly string[];
};

export function membershipView({ group, addedAt, addedBy }: MembershipRow): MembershipView {
  const at = addedAt.toISOString();
  return {
    ...{ groupId: group.id, ref: refOf(group), source: group.source, addedAt: at, addedBy },
    role: group.role?.role ?? null,
  };
}

/** Why somebody has the tier they have: every tier that matches, the deciding one first. */
export function tiersOf(
  kind: UserKind,
  memberships: readonly MembershipView[],
  policies: readonly Policy[],
): MatchedTier[] {
  const groupIds = memberships.map(({ groupId }) => groupId);
  return matchingTiers({ kind, groupIds }, policies).map(({ policy: { id, name, priority }, because }) => ({
    ...{ id, name, priority, by: because.by },
    group: because.by === "group" ? (memberships.find((each) => each.groupId === because.groupId)?.ref ?? null) : null,
  }));
}

/**
 * The delegations that somebody holds, and those that give others power over their tokens.
 * @param groupIds of the groups they are in
 */
export function powersAround(kind: UserKind, groupIds: readonly string[], rows: readonly DelegationRow[]) {
  const view = ({ id, name, powers, delegates }: DelegationRow, only: (id: string) => boolean): PowerView => ({
    ...{ id, name, powers },
    groups: delegates.flatMap(({ group }) => (only(group.id) ? [refOf(group)] : [])).sort(),
  });
  const theirs = (id: string) => groupIds.includes(id);
  const scopeOf = (row: DelegationRow) => ({
    everyone: row.scopeEveryone,
    serviceAccounts: row.scopeServiceAccounts,
    groupIds: row.scopeGroups.map(({ groupId }) => groupId),
  });
  return {
    held: rows.filter((row) => row.delegates.some(({ group }) => theirs(group.id))).map((row) => view(row, theirs)),
    over: rows
      .filter((row) => inScope({ scope: scopeOf(row) }, { kind, groupIds }))
      .map((row) => view(row, () => true)),
  };
}
