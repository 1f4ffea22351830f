import { type Group, refOf } from "#lib/groups/group";
import type { Policy } from "#lib/policies/policy";
import { tierOf } from "#lib/policies/tier";
import { highestRole, type Role, type UserKind } from "./user";

type GroupRow = Pick<Group, "id" | "source" | "externalId"> & { readonly role: { readonly role: Role } | null };

/** What the database says of a user; `USER_COLUMNS` in lib/users/store.ts asks for it. */
export type UserRow = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly kind: UserKind;
  readonly source: string;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly deactivatedAt: Date | null;
  readonly version: number;
  readonly aliases: readonly { readonly alias: string }[];
  readonly names: readonly { readonly name: string; readonly application: { readonly key: string } }[];
  readonly memberships: readonly { readonly group: GroupRow }[];
  readonly maintainers: readonly {
    readonly user: { readonly username: string } | null;
    readonly group: Pick<Group, "source" | "externalId"> | null;
  }[];
  readonly activity: { readonly lastSignInAt: Date | null } | null;
};

/** A user as REST, CLI and pages show them (docs/interfaces: User). Times are ISO 8601. */
export type UserView = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly kind: UserKind;
  readonly source: string;
  readonly externalId: string | null;
  readonly aliases: readonly string[];
  readonly usernames: { readonly [applicationKey: string]: string };
  readonly groups: readonly string[];
  readonly maintainers: { readonly users: readonly string[]; readonly groups: readonly string[] };
  readonly role: Role;
  /** The tier of today; null grants nothing. */
  readonly tier: string | null;
  readonly createdAt: string;
  readonly deactivatedAt: string | null;
  readonly lastSignInAt: string | null;
  readonly version: number;
};

/** A user in a list of all, with how many of their tokens have not ended. */
export type ListedUser = { readonly user: UserView; readonly tokens: number };

const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);

/** Shows a user, with the role and tier that follow from their groups. */
export function userView(row: UserRow, policies: readonly Policy[]): UserView {
  const groups = row.memberships.map(({ group }) => group);
  const groupIds = groups.map((group) => group.id);
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    email: row.email,
    kind: row.kind,
    source: row.source,
    externalId: row.externalId,
    aliases: row.aliases.map(({ alias }) => alias).sort(),
    usernames: Object.fromEntries(row.names.map(({ name, application }) => [application.key, name])),
    groups: groups.map(refOf).sort(),
    maintainers: {
      users: present(row.maintainers.map(({ user }) => user?.username ?? null)).sort(),
      groups: present(row.maintainers.map(({ group }) => group && refOf(group))).sort(),
    },
    role: highestRole(groups.map(({ role }) => role?.role ?? "user")),
    tier: tierOf({ kind: row.kind, groupIds }, policies)?.policy.name ?? null,
    createdAt: row.createdAt.toISOString(),
    deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
    lastSignInAt: row.activity?.lastSignInAt?.toISOString() ?? null,
    version: row.version,
  };
}
