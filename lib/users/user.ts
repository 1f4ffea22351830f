export type UserKind = "person" | "service";

/** What may be done in the portal itself, mapped to groups explicitly. Ordered: user < auditor < admin. */
export type Role = "user" | "auditor" | "admin";

/** The facts about a person or service account that rules look at. */
export type Holder = {
  readonly id: string;
  readonly username: string;
  readonly kind: UserKind;
  readonly role: Role;
  readonly groupIds: readonly string[];
  /** Epoch milliseconds; null while active. */
  readonly deactivatedAt: number | null;
};

const RANK: Readonly<Record<Role, number>> = { user: 0, auditor: 1, admin: 2 };

/** Whether one role stands above another. */
export const outranks = (role: Role, other: Role): boolean => RANK[role] > RANK[other];

/** The highest of the roles that a user's groups are mapped to. */
export function highestRole(roles: readonly Role[]): Role {
  return roles.reduce<Role>((best, role) => (outranks(role, best) ? role : best), "user");
}
