import type { Role, UserKind } from "#lib/users/user";
import { type Group, refOf } from "./group";

/** What the database says of a group; `GROUP_COLUMNS` in lib/groups/store.ts asks for it. */
export type GroupRow = Group & {
  readonly createdAt: Date;
  readonly version: number;
  readonly role: { readonly role: Role } | null;
  readonly _count: { readonly members: number };
};

/** A group as REST, CLI and pages show it. `role` is what the group is mapped to; times are ISO 8601. */
export type GroupView = {
  readonly id: string;
  readonly ref: string;
  readonly name: string;
  readonly source: string;
  readonly externalId: string;
  readonly role: Role | null;
  readonly memberCount: number;
  readonly createdAt: string;
  readonly version: number;
};

/** A member of a group, and where the membership comes from. Times are ISO 8601. */
export type MemberView = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly kind: UserKind;
  readonly deactivatedAt: string | null;
  readonly addedAt: string;
  readonly addedBy: string;
};

/** A group with how much names it. */
export type ListedGroup = {
  readonly group: GroupView;
  readonly tiers: readonly string[];
  readonly delegations: readonly string[];
  readonly scopes: number;
  readonly accounts: number;
};

export function groupView(row: GroupRow): GroupView {
  return {
    id: row.id,
    ref: refOf(row),
    name: row.name,
    source: row.source,
    externalId: row.externalId,
    role: row.role?.role ?? null,
    memberCount: row._count.members,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  };
}
